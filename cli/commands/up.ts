import { isRefused } from '../../client/connect.js';
import { homeOf } from '../../domain/home.js';
import { type ProcessEvent, up as startAll, type Up } from '../../worker/up.js';
import { commandName } from '../command-name.js';
import { note, print } from '../streams.js';
import { spanText } from '../texts.js';

export interface UpCommandOptions {
  readonly trainers: number;
  readonly port?: number;
  readonly uiPort?: number;
  readonly grace: number;
}

/** `apprentice up`: keeps all alive until a signal; a second one ends at once. */
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
    ...(running.uiUrl ? [`Its web pages    ${running.uiUrl}`] : []),
    `Artifacts        ${running.storeUrl}`,
    `Home             ${home.folder}`,
    `Logs             ${home.logs}`,
    ...(await readiness(running)),
    'Ctrl-C ends all of this; runs go on at the next start.',
  );
  let asked = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (++asked > 1) process.exit(130);
      note(`Ending; a training under way writes its checkpoint (at most ${grace}s). Once more ends at once.`);
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
      'The server is of an `up` that runs in this home already, and ends with that; these workers join.',
    ];
  }
  if (server === 'configured' && (await isRefused(address))) {
    return [
      `! No answer from ${address} yet: the workers go on trying. TEMPORAL_ADDRESS or TEMPORAL_PROFILE names it.`,
    ];
  }
  return [ready];
}

function describe(event: ProcessEvent): string {
  switch (event.kind) {
    case 'started':
      return `${event.name} started, process ${event.pid}`;
    case 'died':
      return `${event.name} died (${event.how}); starts again in ${spanText(Math.ceil(event.restartInMs / 1000))}`;
    case 'stopped':
      return `${event.name} ended`;
  }
}
