/** `84.20%`: a share, 0..1, as people read it everywhere. */
export function percentText(share: number, digits = 2): string {
  return `${(100 * share).toFixed(digits)}%`;
}
