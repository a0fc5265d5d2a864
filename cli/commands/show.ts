import { openStore } from '../../client/local-store.js';
import type { RunSnapshot } from '../../client/snapshot.js';
import { ConfigurationError } from '../../domain/errors.js';
import type { LeftOut } from '../../domain/left-out.js';
import type { MethodName } from '../../domain/methods.js';
import { commandName } from '../command-name.js';
import { viewOf } from '../methods/commands.js';
import type { MethodView } from '../methods/method-view.js';
import { expectOutput, saveOutput } from '../methods/output.js';
import { classTable } from '../show/class-table.js';
import { configText } from '../show/config-text.js';
import { deviationsOf } from '../show/deviations.js';
import { evaluatedClasses } from '../show/evaluated-classes.js';
import { leftOutOf } from '../show/left-out.js';
import { print, printJson } from '../streams.js';
import { colours, hasColour } from '../table.js';
import { leftOutDetails } from '../view/left-out-lines.js';
import { textOf } from '../view/line.js';
import { reportLines } from '../view/report-lines.js';
import { runLines } from '../view/run-lines.js';
import type { ViewOptions } from '../view/view-options.js';
import { withApprentice } from '../with-apprentice.js';

/** Examples of each kind of picture that was left out. */
const EXAMPLES = 20;

export interface ShowOptions {
  readonly json?: boolean;
  /** File or folder for the method's output. */
  readonly out?: string;
}

/** `apprentice show RUN` */
export async function show(runId: string, { json, out }: ShowOptions): Promise<void> {
  const { snapshot, view, classes, leftOut, ...places } = await withApprentice(async (apprentice) => {
    const run = apprentice.run(runId);
    const snapshot = await run.snapshot();
    const view = (await viewOf(snapshot.progress.config.method)) as MethodView<MethodName>;
    return {
      snapshot,
      view,
      classes: await evaluatedClasses(view, snapshot, run, openStore(apprentice.storeUrl)),
      leftOut: await leftOutOf(run, snapshot.progress.dataset),
      storeUrl: apprentice.storeUrl,
      ...(apprentice.uiUrl && { uiUrl: apprentice.uiUrl }),
    };
  });
  const measures = snapshot.outcome?.report ? undefined : view.measures?.(snapshot);
  const writesOutput = out !== undefined;
  if (writesOutput) await writeOutput(snapshot, out, places.storeUrl);
  const deviations = deviationsOf(snapshot.progress.config);
  if (json) return printJson({ ...snapshot, classes, deviations, leftOut });
  const options = {
    now: Date.now(),
    columns: process.stdout.columns ?? 100,
    command: commandName(),
    folder: process.cwd(),
    writesOutput,
    ...places,
  };
  print(
    ...wholeText(view, snapshot, options),
    '',
    configText(deviations),
    ...leftOutSection(leftOut),
    ...(measures ? ['', colours.bold('Measured'), measures] : []),
    ...(classes ? ['', colours.bold(classes.title), ...classTable(classes.names, classes.evaluation)] : []),
    ...(await endText(view, snapshot, options)),
  );
}

function leftOutSection(leftOut: readonly LeftOut[]): string[] {
  if (leftOut.length === 0) return [];
  const canvas = { columns: Number.POSITIVE_INFINITY, colour: hasColour };
  const lines = leftOutDetails(leftOut, EXAMPLES).map((line) => `  ${textOf(line, canvas)}`);
  return ['', colours.bold('Left out or changed'), ...lines];
}

async function writeOutput({ progress, outcome }: RunSnapshot, out: string, storeUrl: string): Promise<void> {
  await expectOutput(progress.config.method, out);
  if (!outcome?.report) {
    throw new ConfigurationError(
      `--out: received ${progress.runId} (${progress.status}), expected a run with a report: \`apprentice follow ${progress.runId}\` waits for it`,
    );
  }
  await saveOutput(outcome.report, out, storeUrl);
}

function wholeText(view: MethodView<MethodName>, snapshot: RunSnapshot, options: ViewOptions): string[] {
  // Lines in files are not cut.
  const canvas = { columns: process.stdout.columns ?? Number.POSITIVE_INFINITY, colour: hasColour };
  return runLines(view, snapshot, options).map((line) => textOf(line, canvas));
}

async function endText(
  view: MethodView<MethodName>,
  { outcome }: RunSnapshot,
  options: ViewOptions,
): Promise<readonly string[]> {
  const report = outcome?.report;
  return report ? ['', ...(await reportLines(view, report, { ...options, colour: hasColour }))] : [];
}
