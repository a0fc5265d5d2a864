import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Apprentice } from '../../client/apprentice.js';
import { readRunConfig } from '../../client/config-file.js';
import type { SelfTrainingConfig } from '../../domain/methods/self-training.js';
import { createProgress } from '../../setup/progress.mjs';
import { up } from '../../worker/up.js';
import { commandName } from '../command-name.js';
import { openDemoRun } from '../demo/open-run.js';
import { type PrivateHome, privateHome } from '../demo/private-home.js';
import { EXAMPLES, unpackExampleData, withExampleData } from '../example-data.js';
import { EXIT } from '../exit-codes.js';
import { followRun } from '../follow/follow-run.js';
import { quoted } from '../quoted.js';

/** After this time, the run's own notices say what is missing. */
const READY_WITHIN_MS = 120_000;

/** `apprentice demo`: a complete run on photos of clothes, with its own server and workers. */
export async function demo(): Promise<void> {
  const home = privateHome(process.env);
  const progress = createProgress(process.stderr, { quiet: true, environment: process.env });

  const pictures = progress.step('Pictures');
  const isNew = await unpackExampleData(home.data, (share) =>
    pictures.doing('unpacking 25,000 photos of clothes', '', share),
  );
  if (isNew) pictures.done('25,000 photos of clothes');
  const read = await readRunConfig(join(EXAMPLES, 'clothes.yaml'), { only: 'self-training' });
  const config = { ...read, data: withExampleData(read.data, home.data) };

  const processes = progress.step('Temporal server and workers');
  processes.doing('starting');
  // The default port stays free for the user's own server.
  const running = await up({ home: home.folder, environment: home.environment, port: 0 });
  // A run that starts before its orchestrator shows that none answers.
  await Promise.race([running.ready, sleep(READY_WITHIN_MS, undefined, { ref: false })]);
  processes.done(`running, files in ${relative(process.cwd(), home.folder) || home.folder}`);
  try {
    process.exitCode = await followDemo(home, config);
  } finally {
    // A second Ctrl-C ends this process and its child processes.
    const ending = progress.step('Temporal server and workers');
    ending.doing('ending');
    await running.close();
    ending.done('ended');
  }
  if (process.exitCode === EXIT.interrupted) process.stderr.write(`Continue the demo: ${demoCommand()}\n`);
}

async function followDemo({ folder, environment }: PrivateHome, config: SelfTrainingConfig): Promise<number> {
  const apprentice = await Apprentice.connect({ home: folder, environment });
  try {
    const { run, isNew } = await openDemoRun(apprentice, config);
    if (!isNew) process.stderr.write(`Continuing ${run.runId}, which was interrupted.\n`);
    const command = commandName();
    const { stdout, stderr } = process;
    const { exitCode } = await followRun(apprentice, run, {
      stdout,
      stderr,
      json: false,
      command,
      serverCommand: process.env['APPRENTICE_HOME']
        ? command
        : `APPRENTICE_HOME=${quoted(relative(process.cwd(), folder))} ${command}`,
      interruptMessage: ['Stopping; a training writes its checkpoint first. Ctrl-C again ends immediately.'],
    });
    return exitCode;
  } finally {
    await apprentice.close();
  }
}

function demoCommand(): string {
  return process.env['npm_lifecycle_event'] === 'demo' ? 'npm run demo' : `${commandName()} demo`;
}
