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
  /** In the operation's unit, with sign; 0 for an operation without magnitude. */
  readonly magnitude: number;
  /** For Cutout. */
  readonly box?: Box;
  /** For Perspective: target of the picture's corners. */
  readonly corners?: Corners;
}

/**
 * The augmentation of one picture, in order of application, as plain data that can be printed, stored and repeated. A
 * plan and a picture give the same bytes on every machine.
 */
export interface Plan {
  /** Exact operations, applied first. */
  readonly transforms?: readonly TransformConfig[];
  /** A window that is cropped and resized to the picture's size, next. */
  readonly resizedCrop?: Window;
  /** May reach beyond the picture. */
  readonly crop?: Window & { readonly mode: PadMode };
  /** Mirrored left and right. */
  readonly flip: boolean;
  readonly operations: readonly PlannedOperation[];
  /** Boxes to paint at the end. */
  readonly erase: readonly Box[];
  readonly interpolation: Interpolation;
  /** Colour outside the picture and of erased boxes. */
  readonly fill: Fill;
}
