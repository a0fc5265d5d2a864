import type { ArtifactStore } from '../domain/artifact-store.js';
import type { ModelVersion } from '../domain/records.js';
import { promote as promoteInRegistry } from '../storage/registry.js';
import type { PromoteInput } from './contract.js';

/** Makes a model the champion of the line that the configuration names; asked twice, it promotes once. */
export function promote(input: PromoteInput, store: ArtifactStore): Promise<ModelVersion> {
  const { runId, config, dataset, model, reason, by } = input;
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
