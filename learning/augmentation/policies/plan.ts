import type { OperationName } from '../../../domain/config/operations.js';
import type { TransformConfig } from '../../../domain/config/transforms.js';
import type { Fill } from '../fill.js';
import type { Window } from '../geometry/crop.js';
import type { Interpolation } from '../geometry/interpolation.js';
import type { PadMode } from '../geometry/pad-mode.js';
import type { Corners } from '../geometry/perspective.js';
import type { Box } from '../regions/box.js';

export interface PlannedOperation {
  readonly name: OperationName;
  /** In the operation's own unit, with its sign; 0 where it has none. */
  readonly magnitude: number;
  /** Of Cutout alone. */
  readonly box?: Box;
  /** Where Perspective takes the picture's corners. */
  readonly corners?: Corners;
}

/**
 * All that will be done to one picture, in this order: data, so it can be printed, stored and repeated. The same
 * plan on the same picture gives the same bytes anywhere.
 */
export interface Plan {
  /** Exact operations that come first. */
  readonly transforms?: readonly TransformConfig[];
  /** A window that is cut out and brought back to the picture's size, next. */
  readonly resizedCrop?: Window;
  /** May reach beyond the picture. */
  readonly crop?: Window & { readonly mode: PadMode };
  /** Mirrored left and right. */
  readonly flip: boolean;
  readonly operations: readonly PlannedOperation[];
  /** Painted over at the end. */
  readonly erase: readonly Box[];
  readonly interpolation: Interpolation;
  /** Of what lies outside, and of what is erased. */
  readonly fill: Fill;
}
