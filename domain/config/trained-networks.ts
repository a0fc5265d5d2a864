import type { SelfTrainingConfig } from '../methods/self-training.js';
import type { ModelSpec } from './model.js';
import type { TrainingSpec } from './training.js';
import { trainingForGeneration } from './training-for-generation.js';

/** A network that a configuration trains. */
export interface ConfiguredNetwork {
  /** First generation of a run that trains it; 0 for other methods. */
  readonly generation: number;
  /** The configuration field that defines it. */
  readonly field: string;
  readonly spec: ModelSpec;
  readonly noise: Pick<TrainingSpec, 'dropout' | 'stochasticDepth'>;
}

/** The configuration of self-training, of a method that trains one network, or of one with an existing `model`. */
export interface TrainsNetworks extends Partial<Pick<SelfTrainingConfig, 'models' | 'teacher' | 'student'>> {
  readonly generations?: number;
  readonly model?: ModelSpec | string;
  readonly training?: ConfiguredNetwork['noise'];
}

/** Returns the network of a generation; later generations use the last one. */
export function networkForGeneration(
  { models }: Pick<SelfTrainingConfig, 'models'>,
  generation: number,
): Pick<ConfiguredNetwork, 'field' | 'spec'> {
  const place = Math.min(generation, models.length - 1);
  return { field: `models[${place}]`, spec: models[place]! };
}

/**
 * Returns all networks that a configuration trains: for self-training one per generation, except an existing teacher's
 * and later ones that repeat the last network.
 */
export function trainedNetworks(config: TrainsNetworks): ConfiguredNetwork[] {
  const { models, teacher, student, generations = 0, model, training } = config;
  if (models && teacher && student) {
    // At least two, because a student's noise differs from the teacher's.
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
