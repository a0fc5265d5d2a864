import { isRefused } from '../../client/connect.js';
import { homeOf } from '../../domain/home.js';
import { type ProcessEvent, up as startAll, type Up } from '../../worker/up.js';
import { commandName } from '../command-name.js';
import { EXIT } from '../exit-codes.js';
import { note, print } from '../streams.js';
import { spanText } from '../texts.js';

export interface UpCommandOptions {
  readonly trainers: number;
  readonly port?: number;
  readonly uiPort?: number;
  readonly grace: number;
  readonly modules: readonly string[];
}

/** `apprentice up`: runs server and workers until a signal; a second one ends immediately. */
export async function up({ grace, ...options }: UpCommandOptions): Promise<void> {
  const home = homeOf(process.env);
  const running = await startAll({
    ...options,
    environment: process.env,
    graceSeconds: grace,
    onEvent: (event) => note(`${new Date().toTimeString().slice(0, 8)}  ${describe(event)}`),
  });
  print(
    `Temporal server  ${running.address}`,
    ...(running.uiUrl ? [`Temporal UI      ${running.uiUrl}`] : []),
    `Artifacts        ${running.storeUrl}`,
    `Home             ${home.folder}`,
    `Logs             ${home.logs}`,
    ...(await readiness(running)),
    'Ctrl-C ends these processes; runs continue at the next start.',
  );
  let signals = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (++signals > 1) process.exit(EXIT.interrupted);
      note(`Ending; trainings write checkpoints (at most ${grace}s). Ctrl-C again ends immediately.`);
      void running.close();
    });
  }
  await running.closed;
}

async function readiness({ server, address }: Up): Promise<string[]> {
  const ready = `Ready: ${commandName()} run CONFIG, in another terminal.`;
  if (server === 'of another up') {
    return [
      ready,
      'The server belongs to another `up` in this home and ends with it; these workers use it too.',
    ];
  }
  if (server === 'configured' && (await isRefused(address))) {
    return [
      `! No answer from ${address} yet: the workers retry. TEMPORAL_ADDRESS or TEMPORAL_PROFILE configures it.`,
    ];
  }
  return [ready];
}

function describe(event: ProcessEvent): string {
  switch (event.kind) {
    case 'started':
      return `${event.name} started, process ${event.pid}`;
    case 'died':
      return `${event.name} died (${event.how}); restarts in ${spanText(Math.ceil(event.restartInMs / 1000))}`;
    case 'stopped':
      return `${event.name} ended`;
  }
}
