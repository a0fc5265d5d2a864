import type { MethodSnapshot } from '../../client/methods/method-snapshot.js';
import type { RunSnapshot } from '../../client/snapshot.js';
import { ConfigurationError } from '../../domain/errors.js';
import type { RejectedPicture } from '../../storage/runs.js';
import { commandName } from '../command-name.js';
import { expectOutput } from '../methods/expect-output.js';
import { methodView } from '../methods/method-view.js';
import { saveOutput } from '../methods/outputs.js';
import { reportLines } from '../methods/texts.js';
import { type ChampionClasses, championClasses } from '../show/champion-classes.js';
import { classesText } from '../show/classes-text.js';
import { configText } from '../show/config-text.js';
import { deviationsOf } from '../show/deviations.js';
import { measuresText } from '../show/measures-text.js';
import { rejectedPictures, rejectedText } from '../show/rejected-text.js';
import { print, printJson } from '../streams.js';
import { colours, hasColour } from '../table.js';
import { endLines } from '../view/end-view.js';
import { nameOf } from '../view/generation-view.js';
import { textOf } from '../view/line.js';
import { wholeView } from '../view/run-view.js';
import { withApprentice } from '../with-apprentice.js';

interface Places {
  readonly storeUrl: string;
  readonly uiUrl?: string;
}

export interface ShowOptions {
  readonly json?: boolean;
  /** Of a method: where to write what it has made. */
  readonly out?: string;
}

/** `apprentice show RUN` */
export async function show(runId: string, options: ShowOptions): Promise<void> {
  const method = await withApprentice(async (apprentice) =>
    (await apprentice.kindOf(runId)) === 'run'
      ? undefined
      : { snapshot: await apprentice.method(runId).look(), storeUrl: apprentice.storeUrl },
  );
  if (method) return showMethod(method.snapshot, method.storeUrl, options);
  if (options.out !== undefined) {
    throw new ConfigurationError(`--out: ${runId} is a run, whose models are in the store: leave it out`);
  }
  return showRun(runId, options);
}

async function showMethod(
  snapshot: MethodSnapshot,
  storeUrl: string,
  { json, out }: ShowOptions,
): Promise<void> {
  const { report, error } = snapshot.outcome ?? {};
  if (out !== undefined) {
    const { method, runId } = snapshot.progress;
    await expectOutput(method, out);
    if (!report) throw new ConfigurationError(`--out: ${runId} has no report, so there is nothing to write`);
    await saveOutput(report, out, storeUrl);
  }
  if (json) return printJson(snapshot);
  const columns = process.stdout.columns ?? 100;
  const canvas = { columns: process.stdout.columns ?? Number.POSITIVE_INFINITY, colour: hasColour };
  const end = report
    ? await reportLines(report, { columns, isTaken: out !== undefined })
    : error
      ? [error]
      : [];
  print(
    ...methodView(snapshot, { now: Date.now(), columns }).map((line) => textOf(line, canvas)),
    ...(end.length > 0 ? ['', ...end] : []),
  );
}

async function showRun(runId: string, { json }: ShowOptions): Promise<void> {
  const { snapshot, champion, rejected, ...places } = await withApprentice(async (apprentice) => {
    const run = apprentice.run(runId);
    const snapshot = await run.look();
    return {
      snapshot,
      champion: await championClasses(run, snapshot.progress.generations),
      rejected: await rejectedPictures(run, snapshot.progress.dataset),
      storeUrl: apprentice.storeUrl,
      ...(apprentice.uiUrl && { uiUrl: apprentice.uiUrl }),
    };
  });
  const deviations = deviationsOf(snapshot.progress.config);
  if (json) return printJson({ ...snapshot, champion, deviations, rejected });
  print(...textsOf(snapshot, champion, rejected, places));
}

function textsOf(
  snapshot: RunSnapshot,
  champion: ChampionClasses | undefined,
  rejected: readonly RejectedPicture[],
  places: Places,
): string[] {
  const { progress, outcome } = snapshot;
  const options = {
    now: Date.now(),
    columns: process.stdout.columns ?? 100,
    command: commandName(),
    ...places,
  };
  // Into a file, lines go whole.
  const canvas = { columns: process.stdout.columns ?? Number.POSITIVE_INFINITY, colour: hasColour };
  const measures =
    progress.generations.length > 0 ? ['', colours.bold('Measured'), measuresText(progress.generations)] : [];
  const end = outcome?.report
    ? // Whole: a command that is cut off can't be typed.
      ['', ...endLines(outcome.report, options).map((line) => textOf(line, { ...canvas, columns: Infinity }))]
    : [];
  return [
    ...wholeView(snapshot, options).map((line) => textOf(line, canvas)),
    '',
    configText(progress.config),
    ...(rejected.length > 0
      ? ['', colours.bold('Pictures that could not be used'), rejectedText(rejected)]
      : []),
    ...(outcome?.report ? [] : measures),
    ...championTexts(champion, progress.dataset?.classes ?? []),
    ...end,
  ];
}

function championTexts(champion: ChampionClasses | undefined, classes: readonly string[]): string[] {
  if (!champion) return [];
  const { generation, split, evaluation } = champion;
  const title = `Classes (${nameOf(generation)} on ${split} images)`;
  return ['', colours.bold(title), classesText(classes, evaluation)];
}
