import type { RunConfig } from '../../domain/config.js';
import type { NamedModel } from '../../domain/methods.js';
import type { ArtifactKey, GenerationRecord, RunReport } from '../../domain/records.js';

interface ModelReference {
  readonly generation: number;
  readonly modelKey: ArtifactKey;
  readonly weightsHash: string;
}

/** Where one model comes from. */
export interface Descent {
  readonly model: ModelReference;
  readonly role: GenerationRecord['role'];
  /** The model that it is a copy of; there is one only where generation 0 was not trained. */
  readonly from?: NamedModel;
  /** Which teacher made which labels; absent for generation 0. */
  readonly labelledBy?: ModelReference;
  readonly pseudoLabelsKey?: ArtifactKey;
  readonly promoted: boolean;
  readonly version?: number;
}

/** Everything that a run's models were made of. */
export interface Lineage {
  readonly runId: string;
  readonly datasetHash: string;
  readonly splitKey: ArtifactKey;
  readonly config: RunConfig;
  readonly models: readonly Descent[];
}

const referenceTo = ({ model: { generation, modelKey, weightsHash } }: GenerationRecord): ModelReference => {
  return { generation, modelKey, weightsHash };
};

/** A student's labels are by the last model that was promoted before it. */
function descentOf(record: GenerationRecord, earlier: readonly GenerationRecord[]): Descent {
  const { role, from, pseudoLabels, promoted, version } = record;
  const teacher = role === 'student' ? earlier.findLast((candidate) => candidate.promoted) : undefined;
  return {
    model: referenceTo(record),
    role,
    ...(from && { from }),
    ...(teacher && { labelledBy: referenceTo(teacher) }),
    ...(pseudoLabels && { pseudoLabelsKey: pseudoLabels.key }),
    promoted,
    ...(version !== undefined && { version }),
  };
}

/** The lineage of a run's models, from its report. */
export function lineageOf(
  { runId, dataset, generations }: Pick<RunReport, 'runId' | 'dataset' | 'generations'>,
  config: RunConfig,
): Lineage {
  return {
    runId,
    datasetHash: dataset.contentHash,
    splitKey: dataset.splitKey,
    config,
    models: generations.map((record, index) => descentOf(record, generations.slice(0, index))),
  };
}
