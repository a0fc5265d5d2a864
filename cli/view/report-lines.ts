import type { MethodName, ReportOf } from '../../domain/methods.js';
import type { RunReport } from '../../domain/run.js';
import { harmless } from '../harmless.js';
import type { MethodView } from '../methods/method-view.js';
import { textOf } from './line.js';
import { startedFromLines } from './started-from.js';
import type { ViewOptions } from './view-options.js';

/** A report as text. Lines are never cut, because they may have commands to copy. */
export async function reportLines<Name extends MethodName>(
  view: MethodView<Name>,
  report: ReportOf<Name>,
  options: ViewOptions & { readonly colour: boolean },
): Promise<readonly string[]> {
  const { summary, startedFrom } = report as RunReport;
  const outputHint = options.writesOutput ? undefined : view.outputHint?.(report);
  const canvas = { columns: Number.POSITIVE_INFINITY, colour: options.colour };
  const lines = await view.report(report, options);
  return [
    harmless(summary),
    '',
    ...lines.map((line) => (typeof line === 'string' ? line : textOf(line, canvas))),
    ...(outputHint === undefined ? [] : ['', outputHint]),
    ...startedFromLines({ ...(startedFrom && { startedFrom }) }),
  ];
}
