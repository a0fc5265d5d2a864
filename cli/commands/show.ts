import type { RunSnapshot } from '../../client/snapshot.js';
import { commandName } from '../command-name.js';
import { configText } from '../show/config-text.js';
import { deviationsOf } from '../show/deviations.js';
import { measuresText } from '../show/measures-text.js';
import { print, printJson } from '../streams.js';
import { colours, hasColour } from '../table.js';
import { endLines } from '../view/end-view.js';
import { textOf } from '../view/line.js';
import { wholeView } from '../view/run-view.js';
import { withApprentice } from '../with-apprentice.js';

interface Places {
  readonly storeUrl: string;
  readonly uiUrl?: string;
}

/** `apprentice show RUN` */
export async function show(runId: string, { json }: { readonly json?: boolean }): Promise<void> {
  const { snapshot, ...places } = await withApprentice(async (apprentice) => ({
    snapshot: await apprentice.run(runId).look(),
    storeUrl: apprentice.storeUrl,
    ...(apprentice.uiUrl && { uiUrl: apprentice.uiUrl }),
  }));
  if (json) return printJson({ ...snapshot, deviations: deviationsOf(snapshot.progress.config) });
  print(...textsOf(snapshot, places));
}

function textsOf(snapshot: RunSnapshot, places: Places): string[] {
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
    ...(outcome?.report ? [] : measures),
    ...end,
  ];
}
