import { InvalidArgumentError } from 'commander';

/** Parses an option that counts something. */
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

/** Gathers an option that may be given again and again. */
export function collect(text: string, earlier: readonly string[]): string[] {
  return [...earlier, text];
}

/** Examples as the help of every command shows them. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}
