import { OPERATIONS } from '../../learning/augmentation/policies/operations.js';
import type { Plan, PlannedOperation } from '../../learning/augmentation/policies/plan.js';

/** At most three digits, without zeros at the end. */
export function numberText(value: number): string {
  const rounded = Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(2));
  return String(Object.is(rounded, -0) ? 0 : rounded).replace('-', '−');
}

/** Name and magnitude, where it has one. */
export function operationText({ name, magnitude, box }: PlannedOperation): string {
  if (name === 'Cutout' && box) return `Cutout ${box.right - box.left} × ${box.bottom - box.top}`;
  return 'unit' in OPERATIONS[name] ? `${name} ${numberText(magnitude)}` : name;
}

/** All that a plan does, in short and in its order. */
export function planItems(plan: Plan): string[] {
  const { transforms, resizedCrop, crop, flip, operations, erase } = plan;
  const items = [
    ...(transforms ?? []).map(({ name }) => name),
    ...(resizedCrop ? [`window ${resizedCrop.width} × ${resizedCrop.height}`] : []),
    ...(crop ? [`crop ${crop.left}, ${crop.top}`.replaceAll('-', '−')] : []),
    ...(flip ? ['mirrored'] : []),
    ...operations.map(operationText),
    ...erase.map(({ left, top, right, bottom }) => `erased ${right - left} × ${bottom - top}`),
  ];
  return items.length > 0 ? items : ['unchanged'];
}
