/** Formats a share from 0 to 1 as a percentage: `84.20%`. */
export function percentText(share: number, digits = 2): string {
  return `${(100 * share).toFixed(digits)}%`;
}

/** 12345 -> "12,345" */
export function countText(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}

/** "1 image", "2 images" */
export function countOf(count: number, thing: string, things = `${thing}s`): string {
  return `${countText(count)} ${count === 1 ? thing : things}`;
}
