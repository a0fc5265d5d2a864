import { DataError } from '../../../domain/errors.js';
import type { StoredModel } from '../../../domain/stored-model.js';
import type { SplitImages } from '../../datasets/image-set.js';
import type { PseudoLabels } from '../../pseudo-labels/pseudo-labels.js';
import type { RowGroups } from './batch.js';

/** Recorded predictions of other models, each row at its image's position in the split. */
export interface Responses {
  /** Values per image. */
  readonly width: number;
  /** [labelled images, width] */
  readonly labelled: Float32Array;
  /** [unlabelled images, width] */
  readonly unlabelled?: Float32Array;
}

/** The examples that steps are drawn from. */
export interface Examples {
  readonly images: Pick<SplitImages, 'labelled' | 'unlabelled'>;
  readonly classes: number;
  readonly labelSmoothing: number;
  readonly groups: RowGroups;
  readonly pseudoLabels?: PseudoLabels;
  readonly responses?: Responses;
  /** Models that predict in the step itself: unlabelled images need no recorded responses. */
  readonly teachers?: readonly StoredModel[];
  readonly seed: number;
  readonly generation: number;
}

/** @throws DataError when the number of responses is not the number of images */
export function expectResponses({ width, ...rows }: Responses, images: Examples['images']): void {
  for (const kind of ['labelled', 'unlabelled'] as const) {
    const values = rows[kind];
    const expected = images[kind].count * width;
    if (values === undefined || values.length === expected) continue;
    throw new DataError(
      `responses.${kind}: received ${values.length} numbers, expected ${expected}: ${width} for each of ${images[kind].count} images`,
    );
  }
}
