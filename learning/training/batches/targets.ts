import type { PseudoLabels } from '../../pseudo-labels/pseudo-labels.js';

/** Writes a one-hot target with `smoothing` spread evenly over all classes (Szegedy et al. 2016, section 7). */
export function writeSmoothed(target: Float32Array, label: number, smoothing: number): void {
  target.fill(smoothing / target.length);
  target[label]! += 1 - smoothing;
}

/** Writes a pseudo-label times its weight. Label smoothing applies to hard ones only. */
export function writePseudoLabel(
  target: Float32Array,
  { targets, kind, weights }: PseudoLabels,
  kept: number,
  smoothing: number,
): void {
  const label = targets.subarray(kept * target.length, (kept + 1) * target.length);
  if (kind === 'soft') target.set(label);
  else writeSmoothed(target, label.indexOf(1), smoothing);
  if (!weights) return;
  for (let index = 0; index < target.length; index++) target[index]! *= weights[kept]!;
}
