import type { KeyedRandom } from '../../../domain/random.js';

/** Content of files by name. */
export type Files = Readonly<Record<string, Uint8Array | string>>;

type ErrorClass = abstract new (...args: never[]) => Error;

/** Makes damaged and odd input, and reads it as Apprentice does. */
export interface Fuzzer {
  /** Errors that are a right answer. Anything else that is thrown is a fault of Apprentice. */
  readonly refusals: readonly ErrorClass[];
  /** Processor time within which one input is answered. */
  readonly cpuSeconds: number;
  /** The stream alone decides the files. */
  make(random: KeyedRandom): Promise<Files>;
  /**
   * Reads the files in a folder.
   * @returns a description of what was read, equal for every reading of the same files
   */
  read(folder: string): Promise<string>;
}

export function pick<Item>(random: KeyedRandom, items: readonly Item[]): Item {
  return items[random.integer(items.length)]!;
}

/** @param share of true, 0..1 */
export function chance(random: KeyedRandom, share: number): boolean {
  return random.uniform() < share;
}
