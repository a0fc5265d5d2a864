import type { Run } from '../../client/run.js';
import type { RunSnapshot } from '../../client/snapshot.js';
import type { MethodName } from '../../domain/methods.js';
import type { FullEvaluation } from '../../domain/records.js';
import type { MethodView } from '../methods/method-view.js';
import { readable } from './readable.js';

/** An evaluation class by class. */
export interface EvaluatedClasses {
  readonly title: string;
  readonly names: readonly string[];
  readonly evaluation: FullEvaluation;
}

/** The evaluation of the model that the view names; undefined if it names none, or the store has none of it. */
export async function evaluatedClasses(
  view: Pick<MethodView<MethodName>, 'evaluated'>,
  snapshot: RunSnapshot,
  run: Pick<Run, 'evaluation'>,
): Promise<EvaluatedClasses | undefined> {
  const evaluated = view.evaluated?.(snapshot);
  if (!evaluated) return undefined;
  const { model, title, split, classNames = snapshot.progress.dataset?.classes ?? [] } = evaluated;
  const evaluation = await readable(() => run.evaluation(model, split));
  return evaluation && { title: `Classes (${title} on ${split} images)`, names: classNames, evaluation };
}
