import type { RunBase } from '../domain/config/base.js';
import type { GateConfig } from '../domain/config/gate.js';
import type { DatasetRecord, ModelVersion, NamedModel, Superseded, TrainedModel } from '../domain/records.js';
import { expectIntact } from '../storage/models.js';
import { type Cause, championBefore, promote as promoteInRegistry } from '../storage/registry.js';
import type { ActivityContext } from './context.js';
import { whyIncomparable } from './find-reigning.js';
import type { RunActivityInput } from './run-input.js';

export interface PromoteInput extends RunActivityInput<RunBase & { readonly gate: GateConfig }> {
  readonly dataset: DatasetRecord;
  readonly model: TrainedModel;
  /** The model that it is a copy of, if it was not trained. */
  readonly from?: NamedModel;
  /** Absent if there was no comparison. */
  readonly reason?: string;
  /** A person, or `gate`. */
  readonly by: string;
  /**
   * Version of the champion that the model was compared with; null if the line had none. Absent if the model replaces
   * any champion, by a person's decision or by configuration.
   */
  readonly comparedVersion?: number | null;
}

/**
 * Makes a model the champion of the configuration's line. Idempotent. A copy of the line's champion gets no version of
 * its own, even if the run is started again after its students replaced that champion.
 * @returns the version of the current champion instead, if the model was not compared with it
 * @throws CorruptArtifactError if the model's files are others than were written
 */
export async function promote(
  input: PromoteInput,
  { store }: Pick<ActivityContext, 'store'>,
): Promise<ModelVersion | Superseded> {
  const { runId, config, dataset, model, from } = input;
  const found = from && (await championBefore(store, config.name, runId));
  if (found && found.modelKey === from.modelKey) return found;
  // Nothing damaged becomes a champion.
  await expectIntact(store, model.modelKey);
  const promoted = {
    line: config.name,
    modelKey: model.modelKey,
    runId,
    generation: model.generation,
    validationAccuracy: model.validation.accuracy,
    classes: dataset.classes,
    image: dataset.image,
    parameters: model.parameters,
    datasetHash: dataset.contentHash,
  };
  return promoteInRegistry(store, promoted, async (reigning) => {
    const why = reigning && (await whyIncomparable(reigning, dataset, store));
    return reigning && !why && !mayReplace(reigning, input) ? undefined : causeOf(input, reigning, why);
  });
}

/** Whether the model was compared with the champion, or need not be compared. */
function mayReplace(
  { version, runId }: ModelVersion,
  { comparedVersion, runId: own }: PromoteInput,
): boolean {
  return comparedVersion === undefined || version === comparedVersion || runId === own;
}

function causeOf(
  { config, reason, from, by }: PromoteInput,
  reigning: ModelVersion | undefined,
  incomparable: string | undefined,
): Cause {
  const replaced = reigning && `replaces ${config.name}@${reigning.version}`;
  const uncompared = incomparable
    ? `${replaced}, ${incomparable}`
    : `${replaced} without comparison (gate.reigning: ${config.gate.reigning})`;
  const why = reason ?? (replaced ? uncompared : 'first of the line');
  return { by, reason: from ? `${why}; a copy of ${from.name}` : why };
}
