/** Pads a number for use in a key, so that keys sort in numeric order. */
export function padded(number: number): string {
  return String(number).padStart(8, '0');
}
