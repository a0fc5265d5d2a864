/**
 * Text from outside (names of classes, files and runs, messages of libraries) on its way to a terminal. Escape
 * sequences could move the cursor, set the clipboard or hide text; direction marks could reorder it.
 */

/** C0 and C1 controls, zero-width spaces, direction marks, line separators. Joiners stay: scripts and emoji need them. */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: matches control characters on purpose
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
/** The sequences with which picocolors sets and ends bold, dim, red, green, yellow and cyan. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: matches control characters on purpose
const OWN_COLOURS = /(\u001b\[(?:1|2|22|31|32|33|36|39)m)/;

/** Shows control characters and direction marks as escapes, line breaks too: `\x1b`, `\x0a`, `\u202e`. */
export function harmless(text: string): string {
  return text.replace(UNSEEN, escaped);
}

/**
 * Like {@link harmless} for whole output: line breaks and tabs stay, and with `colour` our own colours.
 */
export function printable(text: string, colour: boolean): string {
  const plain = (part: string) =>
    part.replace(UNSEEN, (found) => (/[\n\t]/.test(found) ? found : escaped(found)));
  if (!colour) return plain(text);
  // Odd parts are the separators.
  return text
    .split(OWN_COLOURS)
    .map((part, index) => (index % 2 === 1 ? part : plain(part)))
    .join('');
}

/** JSON whose strings a terminal shows as they are; the value stays the same. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(UNSEEN, (found) =>
    found === '\n' ? found : `\\u${hex(found, 4)}`,
  );
}

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  return code <= 0xff ? `\\x${hex(character, 2)}` : `\\u${hex(character, 4)}`;
}

function hex(character: string, digits: number): string {
  return character.charCodeAt(0).toString(16).padStart(digits, '0');
}
