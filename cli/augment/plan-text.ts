import type { Window } from '../../learning/augmentation/geometry/crop.js';
import type { Size } from '../../learning/augmentation/picture.js';
import { OPERATIONS } from '../../learning/augmentation/policies/operations.js';
import type { Plan, PlannedOperation } from '../../learning/augmentation/policies/plan.js';

/** Two significant digits, or a whole number, without trailing zeros. */
export function numberText(value: number): string {
  const rounded = Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(2));
  return String(Object.is(rounded, -0) ? 0 : rounded).replace('-', '−');
}

/** The name, with the magnitude if there is one. */
export function operationText({ name, magnitude, box }: PlannedOperation): string {
  if (name === 'Cutout' && box) return `Cutout ${box.right - box.left} × ${box.bottom - box.top}`;
  return 'unit' in OPERATIONS[name] ? `${name} ${numberText(magnitude)}` : name;
}

function cropText({ left, top, width, height }: Window, size: Size): string[] {
  const at = `${numberText(-left)}, ${numberText(-top)}`;
  if (width !== size.width || height !== size.height)
    return [`crop ${width} × ${height} at ${numberText(left)}, ${numberText(top)}`];
  return left === 0 && top === 0 ? [] : [`moved ${at}`];
}

/**
 * Describes the steps of a plan in their order, separated by commas.
 * @param size of the picture that the plan applies to
 */
export function planItems(plan: Plan, size: Size): string[] {
  const { transforms, resizedCrop, crop, flip, operations, erase } = plan;
  const items = [
    ...(transforms ?? []).map(({ name }) => name),
    ...(resizedCrop ? [`window ${resizedCrop.width} × ${resizedCrop.height}`] : []),
    ...(crop ? cropText(crop, size) : []),
    ...(flip ? ['mirrored'] : []),
    ...operations.map(operationText),
    ...erase.map(({ left, top, right, bottom }) => `erased ${right - left} × ${bottom - top}`),
  ];
  if (items.length === 0) return ['unchanged'];
  return items.map((item, index) => (index < items.length - 1 ? `${item},` : item));
}
