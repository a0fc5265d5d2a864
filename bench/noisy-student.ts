import { networkForGeneration } from '../domain/config/trained-networks.js';
import type { TrainingSpec } from '../domain/config/training.js';
import { trainingForGeneration } from '../domain/config/training-for-generation.js';
import type { SelfTrainingConfig } from '../domain/methods/self-training.js';
import type { Evaluation } from '../domain/records.js';
import { countByClass, labelsOf, type SplitImages } from '../learning/datasets/image-set.js';
import {
  evaluate,
  type PseudoLabels,
  predict,
  selectPseudoLabels,
  type TrainingOutcome,
  train,
} from '../learning/index.js';
import { NO_AUGMENTATION } from './methods/recipes.js';

/** A model of the loop with its evaluation on the test images. */
export interface Measured {
  readonly name: string;
  readonly outcome: TrainingOutcome;
  readonly test: Evaluation;
}

/**
 * Noisy Student in a plain loop: the algorithm of the workflows without durability, with every model evaluated on test.
 * Each student becomes the next teacher, without a gate, so that the figures describe the method.
 */
export class Loop {
  private readonly labels: Int32Array;
  private lastPseudoLabels: PseudoLabels | undefined;

  constructor(
    private readonly config: SelfTrainingConfig,
    private readonly images: SplitImages,
    private readonly classes: readonly string[],
    private readonly onStep: (text: string) => void,
  ) {
    this.labels = labelsOf(images.test);
  }

  async run(): Promise<Measured[]> {
    const { config } = this;
    const measured = [await this.train('teacher', 0, trainingForGeneration(config, 0))];
    for (let generation = 1; generation <= config.generations; generation++) {
      const pseudoLabels = await this.pseudoLabel(measured.at(-1)!.outcome, generation);
      this.lastPseudoLabels = pseudoLabels;
      const name = `student ${generation}`;
      measured.push(
        await this.train(name, generation, trainingForGeneration(config, generation), pseudoLabels),
      );
    }
    return measured;
  }

  /** The last student trained again on the same pseudo-labels, without augmentation. */
  async withoutAugmentation(): Promise<Measured> {
    const { generations } = this.config;
    const training = { ...trainingForGeneration(this.config, generations), augmentation: NO_AUGMENTATION };
    const name = `student ${generations} without augmentation`;
    return this.train(name, generations, training, this.lastPseudoLabels);
  }

  /** Supervised training with the last student's network and the same number of images per step. */
  async supervised(): Promise<Measured> {
    const { generations } = this.config;
    const training = trainingForGeneration(this.config, generations);
    const batchSize = Math.round(training.batchSize * (1 + training.unlabelledRatio));
    return this.train('supervised at the same size', generations, {
      ...training,
      batchSize,
      unlabelledRatio: 0,
    });
  }

  private async train(name: string, generation: number, training: TrainingSpec, pseudoLabels?: PseudoLabels) {
    const { config, images, classes } = this;
    const outcome = await train(
      {
        images,
        classes: classes.length,
        model: networkForGeneration(config, generation).spec,
        training,
        seed: config.seed,
        generation,
        ...(pseudoLabels && { pseudoLabels }),
      },
      {
        onProgress: ({ done, total }) => this.onStep(`${name}: step ${done} of ${total}`),
        loadState: async () => undefined,
        saveState: async () => {},
        signal: new AbortController().signal,
      },
    );
    const predictions = await predict({ model: outcome.model, images: images.test });
    return { name, outcome, test: evaluate(predictions, this.labels, classes.length) };
  }

  private async pseudoLabel(teacher: TrainingOutcome, generation: number): Promise<PseudoLabels> {
    const { config, images, classes } = this;
    const { unlabelled } = images;
    return selectPseudoLabels({
      probabilities: await predict({
        model: teacher.model,
        temperature: config.calibration === 'temperature' ? teacher.temperature : 1,
        images: unlabelled,
      }),
      classes,
      config: config.pseudoLabels,
      labelsPerClass: countByClass(labelsOf(images.labelled), classes.length),
      seed: config.seed,
      generation,
    }).pseudoLabels;
  }
}
