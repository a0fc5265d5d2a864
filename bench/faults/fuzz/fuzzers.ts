import { cifar } from './cifar.js';
import { configuration } from './configuration.js';
import { csv } from './csv.js';
import type { Fuzzer } from './fuzzer.js';
import { idx } from './idx.js';
import { pictures } from './pictures.js';
import { tar } from './tar.js';

/** A later kind of input is one row. */
export const FUZZERS = { configuration, pictures, csv, idx, cifar, tar } satisfies Record<string, Fuzzer>;
export type FuzzerName = keyof typeof FUZZERS;
export const FUZZER_NAMES = Object.keys(FUZZERS) as FuzzerName[];
