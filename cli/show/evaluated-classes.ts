import type { Run } from '../../client/run.js';
import type { RunSnapshot } from '../../client/snapshot.js';
import type { ArtifactStore } from '../../domain/artifact-store.js';
import { isUnusable } from '../../domain/hashed-artifact.js';
import type { MethodName } from '../../domain/methods.js';
import type { FullEvaluation } from '../../domain/records.js';
import type { MethodView } from '../methods/method-view.js';
import { note } from '../streams.js';
import { evaluateAgain } from './evaluate-again.js';
import { readable } from './readable.js';

/** An evaluation class by class. */
export interface EvaluatedClasses {
  readonly title: string;
  readonly names: readonly string[];
  readonly evaluation: FullEvaluation;
}

/**
 * The evaluation of the model that the view names; undefined if it names none, or the store has none of it. One that is
 * damaged is computed again.
 */
export async function evaluatedClasses(
  view: Pick<MethodView<MethodName>, 'evaluated'>,
  snapshot: RunSnapshot,
  run: Pick<Run, 'evaluation'>,
  store: ArtifactStore,
): Promise<EvaluatedClasses | undefined> {
  const evaluated = view.evaluated?.(snapshot);
  if (!evaluated) return undefined;
  const { model, title, split, classNames = snapshot.progress.dataset?.classes ?? [] } = evaluated;
  const { dataset, runId } = snapshot.progress;
  const again = async (error: Error) => {
    const found =
      dataset && (await evaluateAgain(store, { runId, model, split, dataset }).catch(noneIfUnusable));
    if (found) note(`! Evaluated again from the predictions: ${error.message}`);
    return found;
  };
  const evaluation = await readable(() => run.evaluation(model, split), again);
  return evaluation && { title: `Classes (${title} on ${split} images)`, names: classNames, evaluation };
}

function noneIfUnusable(error: unknown): undefined {
  if (!isUnusable(error)) throw error;
}
