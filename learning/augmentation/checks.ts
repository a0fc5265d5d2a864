import { ConfigurationError } from '../../domain/errors.js';

function printed(value: unknown): string {
  return typeof value === 'number' || value === undefined ? String(value) : JSON.stringify(value);
}

/** @throws ConfigurationError naming the argument, the received and the expected value */
export function refuse(argument: string, received: unknown, expected: string): never {
  throw new ConfigurationError(`${argument}: received ${printed(received)}, expected ${expected}`);
}

export function expectInteger(argument: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    refuse(argument, value, `an integer from ${least} to ${most}`);
  }
}

export function expectNumber(argument: string, value: number, least: number, most: number): void {
  if (!(value >= least && value <= most)) refuse(argument, value, `a number from ${least} to ${most}`);
}

export function expectFinite(argument: string, value: number): void {
  if (!Number.isFinite(value)) refuse(argument, value, 'a finite number');
}

export function expectOneOf<T extends string>(argument: string, value: T, words: readonly T[]): void {
  if (!words.includes(value)) refuse(argument, value, `one of ${words.join(', ')}`);
}

/** @throws ConfigurationError when a pair is not ascending or outside its range */
export function expectPair(
  argument: string,
  [least, most]: readonly [number, number],
  from: number,
  to: number,
): void {
  expectNumber(`${argument}[0]`, least, from, to);
  expectNumber(`${argument}[1]`, most, from, to);
  if (least > most) refuse(argument, [least, most], 'the smaller number first');
}
