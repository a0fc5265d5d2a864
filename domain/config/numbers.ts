import { z } from 'zod';

/** A whole number within bounds. */
export function integer(min: number, max?: number) {
  const schema = z.int().min(min);
  return max === undefined ? schema : schema.max(max);
}

/** A number within bounds. */
export function number(min: number, max?: number) {
  const schema = z.number().min(min);
  return max === undefined ? schema : schema.max(max);
}
