/** Whether no value is there twice: for lists whose items are worked on side by side under their names. */
export function allDifferent(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}
