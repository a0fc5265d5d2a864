import type { ArtifactStore } from '../domain/artifact-store.js';
import type { ModelVersion, Superseded } from '../domain/records.js';
import { type Cause, championBefore, promote as promoteInRegistry } from '../storage/registry.js';
import type { PromoteInput } from './contract.js';
import { whyIncomparable } from './find-reigning.js';

/**
 * Makes a model the champion of the line that the configuration names; asked twice, it promotes once. A copy of the very
 * champion is no version of its own, and is none either when its run, whose students have since replaced that champion, is
 * begun anew.
 * @returns the champion in its place, where that is another than the model was compared with
 */
export async function promote(input: PromoteInput, store: ArtifactStore): Promise<ModelVersion | Superseded> {
  const { runId, config, dataset, model, from } = input;
  const found = from && (await championBefore(store, config.name, runId));
  if (found && found.modelKey === from.modelKey) return found;
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
    return reigning && !why && !isMet(reigning, input) ? undefined : causeOf(input, reigning, why);
  });
}

/** Whether a champion was compared with, or need not be. */
function isMet({ version, runId }: ModelVersion, { met, runId: own }: PromoteInput): boolean {
  return met === undefined || version === met || runId === own;
}

function causeOf(
  { config, reason, from, by }: PromoteInput,
  reigning: ModelVersion | undefined,
  incomparable: string | undefined,
): Cause {
  const replaced = reigning && `replaces ${config.name}@${reigning.version}`;
  const unasked = incomparable
    ? `${replaced}, ${incomparable}`
    : `${replaced} unasked (gate.reigning: ${config.gate.reigning})`;
  const why = reason ?? (replaced ? unasked : 'first of the line');
  return { by, reason: from ? `${why}; it is ${from.name} as it was` : why };
}
