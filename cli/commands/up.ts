import { isRefused } from '../../client/connect.js';
import { homeOf } from '../../domain/home.js';
import { type ProcessEvent, type ServerOwner, up as startAll, type Up } from '../../worker/up.js';
import { commandName } from '../command-name.js';
import { EXIT } from '../exit-codes.js';
import { note, outliveReaders, print } from '../streams.js';
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
  outliveReaders();
  let running: Up | undefined;
  let signals = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // What has been started so far ends with this process.
      if (++signals > 1 || !running) process.exit(EXIT.interrupted);
      note(`Ending; trainings write checkpoints (at most ${grace}s). Ctrl-C again ends immediately.`);
      void running.close();
    });
  }
  const home = homeOf(process.env);
  running = await startAll({
    ...options,
    environment: process.env,
    graceSeconds: grace,
    onEvent: (event) => note(`${new Date().toTimeString().slice(0, 8)}  ${describe(event)}`),
    onNotice: (notice) => note(`! ${notice}`),
  });
  print(
    `Temporal server  ${running.address}, namespace ${running.namespace}`,
    ...(running.uiUrl ? [`Temporal UI      ${running.uiUrl}`] : []),
    `Artifacts        ${running.storeUrl}`,
    `Home             ${home.folder}`,
    `Logs             ${home.logs}`,
  );
  if (options.uiPort !== undefined && running.server === 'own') note(UI_WARNING);
  if (running.server === 'configured' && (await isRefused(running.address))) {
    print(
      `! No answer from ${running.address} yet: the workers retry. TEMPORAL_ADDRESS or TEMPORAL_PROFILE configures it.`,
    );
  }
  const { ready, closed, server } = running;
  void ready.then(() => {
    if (signals === 0) print(...readiness(server));
  });
  await closed;
}

const UI_WARNING =
  '! Temporal’s UI takes requests for any host name: a web page in this machine’s browsers that rebinds its name can start and change runs. Leave --ui-port out if you visit pages that you don’t trust.';

function readiness(server: ServerOwner): string[] {
  return [
    `Ready: ${commandName()} run CONFIG, in another terminal.`,
    ...(server === 'of another up'
      ? ['The server belongs to another `up` in this home and ends with it; these workers use it too.']
      : []),
    'Ctrl-C ends these processes; runs continue at the next start.',
  ];
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
