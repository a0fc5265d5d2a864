import { InvalidArgumentError } from 'commander';

/** Returns a parser of whole numbers within bounds. */
export function whole(min: number, max = Number.POSITIVE_INFINITY): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() !== '' && Number.isInteger(number) && number >= min && number <= max) return number;
    const upTo = Number.isFinite(max) ? ` to ${max}` : '';
    throw new InvalidArgumentError(`Expected a whole number from ${min}${upTo}.`);
  };
}

export const wholeNumber = whole(1);
/** 0 stands for any free one. */
export const port = whole(0, 65_535);

/** Collects the values of a repeatable option. */
export function collect(text: string, earlier: readonly string[]): string[] {
  return [...earlier, text];
}

/** The examples in a command's help. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}
