import type { RunConfig } from '../config.js';
import type { ModelSpec } from './model.js';
import type { TrainingSpec } from './training.js';
import { trainingForGeneration } from './training-for-generation.js';

/** A network that a configuration trains. */
export interface ConfiguredNetwork {
  /** Of a run, in which it is new; 0 elsewhere. */
  readonly generation: number;
  /** Of the configuration, that names it. */
  readonly field: string;
  readonly spec: ModelSpec;
  readonly noise: Pick<TrainingSpec, 'dropout' | 'stochasticDepth'>;
}

/** A run's configuration, or a method's that trains one network, or one whose `model` is there already. */
export interface TrainsNetworks extends Partial<Pick<RunConfig, 'models' | 'teacher' | 'student'>> {
  readonly generations?: number;
  readonly model?: ModelSpec | string;
  readonly training?: ConfiguredNetwork['noise'];
}

/** The network of a generation; the last one serves all later generations. */
export function networkForGeneration(
  { models }: Pick<RunConfig, 'models'>,
  generation: number,
): Pick<ConfiguredNetwork, 'field' | 'spec'> {
  const place = Math.min(generation, models.length - 1);
  return { field: `models[${place}]`, spec: models[place]! };
}

/**
 * All networks that a configuration trains: of a run one for each generation, the first is the teacher's unless that is
 * a model already. Generations that would only repeat the last one are left out.
 */
export function trainedNetworks(config: TrainsNetworks): ConfiguredNetwork[] {
  const { models, teacher, student, generations = 0, model, training } = config;
  if (models && teacher && student) {
    // The last network's noise is another in a student than in a teacher.
    const different = Math.min(generations + 1, Math.max(2, models.length));
    const all = Array.from({ length: different }, (_, generation) => ({
      generation,
      ...networkForGeneration({ models }, generation),
      noise: trainingForGeneration({ teacher, student }, generation),
    }));
    return teacher.from === undefined ? all : all.slice(1);
  }
  return typeof model === 'object' && training
    ? [{ generation: 0, field: 'model', spec: model, noise: training }]
    : [];
}
