import type { ArtifactStore } from '../../domain/artifact-store.js';
import type { DatasetReference } from '../../domain/records.js';
import type { StoredModel } from '../../domain/stored-model.js';
import type { ImageSet, SplitImages } from '../../learning/datasets/image-set.js';
import type { KeptModel } from './kept-models.js';
import type { Recipe, View } from './recipe.js';

/** The data set as one seed splits it under one label budget. */
export interface PreparedData {
  readonly contentHash: string;
  readonly classes: readonly string[];
  readonly images: SplitImages;
  readonly record: DatasetReference;
}

/** Data and trained models by recipe and seed; `Lab` implements it. */
export interface ModelSource {
  readonly store: ArtifactStore;
  readonly signal: AbortSignal;
  /** The images and classes that a view selects. */
  view(seed: number, view: View): Promise<PreparedData>;
  /** The model of a recipe, trained at the first call. */
  model(recipe: Recipe, seed: number): Promise<KeptModel>;
  /** The model with the highest validation accuracy; the first of equals. */
  bestOf(recipes: readonly Recipe[], seed: number): Promise<KeptModel>;
  /** Class probabilities, [images, classes]. */
  predict(model: StoredModel, images: ImageSet): Promise<Float32Array>;
}
