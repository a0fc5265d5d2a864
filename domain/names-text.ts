import { countText } from './quantities.js';

/** A message with thousands of names would be refused as a failure by the server, and read by nobody. */
const MOST = 20;

/**
 * Lists names for a message: all of them, or twenty and the number of the others.
 * @param others names of another list: where not all fit, those that it lacks come first
 */
export function namesText(names: readonly string[], others: readonly string[] = []): string {
  if (names.length <= MOST) return names.join(', ');
  const known = new Set(others);
  const ordered = [...names.filter((name) => !known.has(name)), ...names.filter((name) => known.has(name))];
  return `${ordered.slice(0, MOST).join(', ')} and ${countText(names.length - MOST)} more`;
}

/** {@link namesText} of names in quotation marks. */
export function quotedNamesText(names: readonly string[]): string {
  return namesText(names.map((name) => `"${name}"`));
}
