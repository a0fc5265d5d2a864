import type { RunSnapshot } from '../../client/snapshot.js';
import type { MethodName } from '../../domain/methods.js';
import type { MethodView } from '../methods/method-view.js';
import { headerLines } from './header.js';
import type { Line } from './line.js';
import { noticeLines } from './notices.js';
import { allActivityLines, stagesLines } from './stages.js';
import type { ViewOptions } from './view-options.js';

/** The view of a snapshot. @param rows maximum number of lines, for methods whose view supports it */
export function runLines<Name extends MethodName>(
  view: MethodView<Name>,
  snapshot: RunSnapshot<Name>,
  options: ViewOptions,
  rows?: number,
): Line[] {
  const whole = snapshot as RunSnapshot;
  if (view.body) return view.body(snapshot, options, rows);
  const { stages, details } = snapshot.progress;
  return [
    ...headerLines(whole, options, true),
    ...stagesLines(stages, options),
    ...(details === undefined ? [] : (view.details?.(details, options.columns) ?? [])),
    ...(snapshot.outcome ? [] : allActivityLines(whole, options.columns)),
    ...noticeLines(whole, options),
  ];
}
