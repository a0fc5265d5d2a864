import type { ArtifactStore } from '../domain/artifact-store.js';
import type { ModelVersion } from '../domain/records.js';
import { champion, championBefore, promote as promoteInRegistry } from '../storage/registry.js';
import type { PromoteInput } from './contract.js';
import { whyIncomparable } from './find-reigning.js';

/**
 * Makes a model the champion of the line that the configuration names; asked twice, it promotes once. A copy of the very
 * champion is no version of its own, and is none either when its run, whose students have since replaced that champion, is
 * begun anew.
 */
export async function promote(input: PromoteInput, store: ArtifactStore): Promise<ModelVersion> {
  const { runId, config, dataset, model, from, by } = input;
  const found = from && (await championBefore(store, config.name, runId));
  if (found && found.modelKey === from.modelKey) return found;
  const why = input.reason ?? (await whyUnasked(input, store));
  const reason = from ? `${why}; it is ${from.name} as it was` : why;
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
  return promoteInRegistry(store, promoted, { by, reason });
}

/** Why a model enters its line without having beaten a champion there. */
async function whyUnasked({ config, dataset }: PromoteInput, store: ArtifactStore): Promise<string> {
  const reigning = await champion(store, config.name);
  if (!reigning) return 'first of the line';
  const why = await whyIncomparable(reigning, dataset, store);
  const replaced = `replaces ${config.name}@${reigning.version}`;
  return why ? `${replaced}, ${why}` : `${replaced} unasked (gate.reigning: ${config.gate.reigning})`;
}
