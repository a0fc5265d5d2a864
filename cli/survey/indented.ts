import { type Line, wrap } from '../view/line.js';

const NARROWEST = 24;

/** Breaks a text between words and indents all lines but the first. */
export function indented(text: string, columns: number): Line[] {
  return wrap(text, Math.max(NARROWEST, columns - 2)).map((line, index) => [
    index === 0 ? line : `  ${line}`,
  ]);
}
