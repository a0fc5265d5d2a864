import type { ConsistencyConfig } from '../../../domain/config/consistency.js';

/**
 * Returns the weight of the unlabelled images' loss at a step, 0-based: 0 before the ramp, then linear, and the full
 * weight from the ramp's end on (Lee 2013, equation 16).
 */
export function rampedWeight(
  { weight, ramp }: Pick<ConsistencyConfig, 'weight' | 'ramp'>,
  step: number,
  steps: number,
): number {
  const start = ramp.start * steps;
  const end = ramp.end * steps;
  if (step >= end) return weight;
  return step < start ? 0 : (weight * (step - start)) / (end - start);
}
