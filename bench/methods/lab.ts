import type { ArtifactStore } from '../../domain/artifact-store.js';
import type { DataConfig } from '../../domain/config/data.js';
import type { Evaluation } from '../../domain/records.js';
import type { StoredModel } from '../../domain/stored-model.js';
import { type ImageSet, labelsOf, type SplitImages } from '../../learning/datasets/image-set.js';
import { openDataset } from '../../learning/datasets/open.js';
import { prepareDataset } from '../../learning/datasets/prepare.js';
import { evaluate, predict, type TrainingHooks, type TrainingJob, train } from '../../learning/index.js';
import { runKeys } from '../../storage/keys.js';
import { type KeptModel, readKept, writeKept } from './kept-models.js';
import { labelQueried } from './label-queried.js';
import type { ModelSource, PreparedData } from './model-source.js';
import type { LabelQuery, Recipe, View } from './recipe.js';
import type { Measurement } from './results.js';
import { settingsHash } from './settings-hash.js';
import { trainingJobOf } from './training-job.js';
import { viewOf } from './views.js';

export interface LabNeeds {
  readonly data: DataConfig;
  readonly store: ArtifactStore;
  readonly signal: AbortSignal;
  /** Train again the models of earlier processes. */
  readonly again?: boolean;
  /** Called repeatedly with the current activity. */
  report(text: string): void;
}

/**
 * The data and models of the experiments, by seed. Each model is trained once and stored for later processes.
 */
export class Lab implements ModelSource {
  private readonly splits = new Map<string, Promise<PreparedData>>();
  private readonly queried = new Map<string, Promise<SplitImages>>();
  /** Hashes of the models that this process trained. */
  private readonly trained = new Set<string>();

  constructor(private readonly needs: LabNeeds) {}

  get store(): ArtifactStore {
    return this.needs.store;
  }

  get signal(): AbortSignal {
    return this.needs.signal;
  }

  report(text: string): void {
    this.needs.report(text);
  }

  /** The data set with a label budget; the same images for equal seeds and budgets. */
  split(seed: number, labels: View['labels']): Promise<PreparedData> {
    const name = `seed-${seed}-labels-${labels}`;
    return memoizeBySeed(this.splits, seed, name, () => this.prepare(seed, labels, name));
  }

  /** The data that a view selects. */
  async view(seed: number, view: View): Promise<PreparedData> {
    const split = await this.split(seed, view.labels);
    const { classes, after = [] } = view;
    const names = classes && [...after, ...classes].map((number) => split.classes[number]!);
    const images = view.asked ? await this.afterQuery(seed, split, view.asked) : split.images;
    return { ...split, images: viewOf(images, view), classes: names ?? split.classes };
  }

  /** The images after a label query, which is run once. */
  private afterQuery(seed: number, split: PreparedData, asked: LabelQuery): Promise<SplitImages> {
    const name = `seed-${seed}-${settingsHash(asked)}`;
    return memoizeBySeed(this.queried, seed, name, () => labelQueried(this, seed, split, asked));
  }

  /** The model of a recipe, trained at the first call. */
  async model(recipe: Recipe, seed: number): Promise<KeptModel> {
    const { contentHash, classes, images } = await this.view(seed, recipe.view);
    const { validationPerClass } = this.needs.data;
    const hash = settingsHash({ recipe, seed, contentHash, validationPerClass });
    const isOld = this.needs.again && !this.trained.has(hash);
    const known = isOld ? undefined : await readKept(this.store, hash);
    if (known) return known;
    this.trained.add(hash);
    const outcome = await this.run(await trainingJobOf(this, recipe, seed));
    return writeKept(this.store, hash, outcome, { classes, image: images.labelled.shape });
  }

  /** The model with the highest validation accuracy; the first of equals. */
  async bestOf(recipes: readonly Recipe[], seed: number): Promise<KeptModel> {
    let best: KeptModel | undefined;
    for (const recipe of recipes) {
      const model = await this.model(recipe, seed);
      if (!best || model.validation.accuracy > best.validation.accuracy) best = model;
    }
    if (!best) throw new RangeError('recipes: received none, expected at least one');
    return best;
  }

  /** @param hooks load and save training states; by default a training starts anew and saves nothing */
  run(job: TrainingJob, hooks: Partial<Pick<TrainingHooks, 'loadState' | 'saveState'>> = {}) {
    return train(job, {
      onProgress: ({ done, total, rate }) =>
        this.report(`step ${done} of ${total}, ${rate.toFixed(0)} a second`),
      loadState: async () => undefined,
      saveState: async () => {},
      ...hooks,
      signal: this.signal,
    });
  }

  /** Evaluates a model on images. */
  async evaluate(model: StoredModel, images: ImageSet, classes: number): Promise<Evaluation> {
    const probabilities = await this.predict(model, images);
    const { perClass: _, confusion: __, ...evaluation } = evaluate(probabilities, labelsOf(images), classes);
    return evaluation;
  }

  predict(model: StoredModel, images: ImageSet): Promise<Float32Array> {
    return predict({ model, images, signal: this.signal });
  }

  /** Trains a recipe's model, unless it is stored, and evaluates it on test. */
  async measure(recipe: Recipe, seed: number): Promise<Measurement> {
    return this.tested(await this.model(recipe, seed), seed, recipe.view);
  }

  /** Evaluates a stored model on test. The seconds are those of its training. */
  async tested(kept: KeptModel, seed: number, view: View): Promise<Measurement> {
    const { images, classes } = await this.view(seed, view);
    const test = await this.evaluate(kept.model, images.test, classes.length);
    const { hash, parameters, bestStep, steps, seconds, validation } = kept;
    return {
      steps,
      validation: validation.accuracy,
      test: test.accuracy,
      seconds,
      more: {
        model: hash,
        parameters,
        bestStep,
        calibrationError: test.calibrationError,
        testImages: images.test.count,
      },
    };
  }

  /** Returns the result of some work, and its duration. */
  async timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
    const began = performance.now();
    const result = await work();
    return { result, seconds: (performance.now() - began) / 1000 };
  }

  private async prepare(seed: number, labels: View['labels'], name: string): Promise<PreparedData> {
    const data: DataConfig = { ...this.needs.data, labelsPerClass: labels };
    const { store, signal } = this.needs;
    const record = await prepareDataset({
      data,
      seed,
      store,
      keys: runKeys(`bench-${settingsHash(data)}-${name}`),
      onProgress: (done, total) => this.report(`picture ${done} of ${total}`),
      signal,
    });
    const { contentHash, classes } = record;
    return { contentHash, classes, images: await openDataset(record, store), record };
  }
}

/** Caches results by a name that begins with the seed, and drops those of other seeds, which are not needed again. */
function memoizeBySeed<T>(
  known: Map<string, Promise<T>>,
  seed: number,
  name: string,
  make: () => Promise<T>,
): Promise<T> {
  for (const other of known.keys()) if (!other.startsWith(`seed-${seed}-`)) known.delete(other);
  const made = known.get(name) ?? make();
  known.set(name, made);
  return made;
}
