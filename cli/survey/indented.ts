import { type Line, wrap } from '../view/line.js';

const NARROWEST = 24;

/** A text broken between words; what follows the first line is set in. */
export function indented(text: string, columns: number): Line[] {
  return wrap(text, Math.max(NARROWEST, columns - 2)).map((line, index) => [
    index === 0 ? line : `  ${line}`,
  ]);
}
