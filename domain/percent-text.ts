/** Formats a share from 0 to 1 as a percentage: `84.20%`. */
export function percentText(share: number, digits = 2): string {
  return `${(100 * share).toFixed(digits)}%`;
}
