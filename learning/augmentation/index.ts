/** Augmentation alone: packed uint8 pictures in and out, no tensors, no files. */

export { keyedRandom } from '../../domain/random.js';
export { type AffineMatrix, affine, type Sampling } from './geometry/affine.js';
export { type Beyond, centreCrop, crop, pad, type Window } from './geometry/crop.js';
export { flipHorizontal, flipVertical } from './geometry/flip.js';
export type { Interpolation } from './geometry/interpolation.js';
export type { BorderMode } from './geometry/opencv/border.js';
export {
  getAffineTransform,
  getPerspectiveTransform,
  invertAffineTransform,
  type Matrix23,
  type Matrix33,
} from './geometry/opencv/matrices.js';
export type { Point } from './geometry/opencv/points.js';
export type { WarpFlags } from './geometry/opencv/remap.js';
export { type WarpOptions, warpAffine, warpPerspective } from './geometry/opencv/warp.js';
export type { PadMode } from './geometry/pad-mode.js';
export { rotate90, rotate180, rotate270 } from './geometry/quarter-turn.js';
export { planRandomCrop, planResizedCrop, type ResizedCrop } from './geometry/random-crop.js';
export { type ResizeFilter, resize, resizedWindow } from './geometry/resize.js';
export { rotate } from './geometry/rotate.js';
export { shearX, shearY } from './geometry/shear.js';
export { translate } from './geometry/translate.js';
export { zoom } from './geometry/zoom.js';
export { drawMixture, mixBatch } from './mixup.js';
export { type Channels, type Picture, picture } from './picture.js';
export { applyPlan, applyPlanInto, Workspace } from './policies/apply.js';
export { type Augmentation, drawPlan, expectDrawable } from './policies/draw-plan.js';
export { augmentationOf } from './policies/from-config.js';
export { drawNamed, expectNamed, type NamedOperation } from './policies/named.js';
export { OPERATIONS, type Operation, type OperationName } from './policies/operations.js';
export type { Plan, PlannedOperation } from './policies/plan.js';
export { type ExampleKey, planOfExample } from './policies/plan-of-example.js';
export { drawOperations, type OperationPolicy } from './policies/policy.js';
export { type Box, erase } from './regions/box.js';
export { type CutMixPlan, cutMix, cutMixBox, mixLabels, planCutMix } from './regions/cutmix.js';
export {
  type BatchCutMixPlan,
  cutMixBatch,
  type LabelledBatch,
  planCutMixBatch,
} from './regions/cutmix-batch.js';
export { type Erasing, planCutout, planErasing } from './regions/cutout.js';
export { TRANSFORMS, type TransformName, transform } from './transforms/transform.js';
export { autocontrast } from './values/autocontrast.js';
export { addBrightness, brightness } from './values/brightness.js';
export { color } from './values/color.js';
export { contrast } from './values/contrast.js';
export { equalize } from './values/equalize.js';
export { invert } from './values/invert.js';
export { normalise } from './values/normalise.js';
export { posterize } from './values/posterize.js';
export { sharpness } from './values/sharpness.js';
export { solarize, solarizeAdd } from './values/solarize.js';
