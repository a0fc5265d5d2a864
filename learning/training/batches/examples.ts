import { DataError } from '../../../domain/errors.js';
import type { StoredModel } from '../../../domain/stored-model.js';
import type { SplitImages } from '../../datasets/image-set.js';
import type { PseudoLabels } from '../../pseudo-labels/pseudo-labels.js';
import type { RowGroups } from './batch.js';

/** What other models said of the images, each row at its image's position in the split. */
export interface Responses {
  /** Numbers for each image. */
  readonly width: number;
  /** [labelled images, width] */
  readonly labelled: Float32Array;
  /** [unlabelled images, width]; without, unlabelled images have none. */
  readonly unlabelled?: Float32Array;
}

/** What a step's examples are drawn from. */
export interface Examples {
  readonly images: Pick<SplitImages, 'labelled' | 'unlabelled'>;
  readonly classes: number;
  readonly labelSmoothing: number;
  readonly groups: RowGroups;
  readonly pseudoLabels?: PseudoLabels;
  readonly responses?: Responses;
  /** Models that answer in the step itself: unlabelled images come into it without recorded responses. */
  readonly teachers?: readonly StoredModel[];
  readonly seed: number;
  readonly generation: number;
}

/** @throws DataError where there aren't as many responses as images */
export function expectResponses({ width, ...rows }: Responses, images: Examples['images']): void {
  for (const of of ['labelled', 'unlabelled'] as const) {
    const values = rows[of];
    const expected = images[of].count * width;
    if (values === undefined || values.length === expected) continue;
    throw new DataError(
      `responses.${of}: received ${values.length} numbers, expected ${expected}: ${width} for each of ${images[of].count} images`,
    );
  }
}
