import { InvalidArgumentError } from 'commander';

/** Parses a whole number from 1. */
export function wholeNumber(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isInteger(number) || number < 1) {
    throw new InvalidArgumentError('Expected a whole number from 1.');
  }
  return number;
}

/** Parses a port. */
export function port(text: string): number {
  const number = wholeNumber(text);
  if (number > 65_535) throw new InvalidArgumentError('Expected a port from 1 to 65535.');
  return number;
}

/** Collects the values of a repeatable option. */
export function collect(text: string, earlier: readonly string[]): string[] {
  return [...earlier, text];
}

/** The examples in a command's help. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}
