/** A number as part of a key: code-unit order is then the order of numbers. */
export function padded(number: number): string {
  return String(number).padStart(8, '0');
}
