/** Whether no value occurs twice. */
export function allDifferent(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}
