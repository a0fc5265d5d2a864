import { parseArgs } from 'node:util';
import type { TrainingSpec } from '../../domain/config/training.js';
import { ConfigurationError } from '../../domain/errors.js';

/** What the bench was told on its command line. */
export interface Arguments {
  readonly short: boolean;
  readonly data?: string;
  /** Pixels a side of a folder's pictures. */
  readonly size: number;
  readonly seeds: number;
  /** Of large operations in all trainings. */
  readonly precision: TrainingSpec['precision'];
  /** Cells that are measured at once, each in a process with its share of the cores. */
  readonly processes: number;
  /** Ascending. */
  readonly labels: readonly number[];
  readonly only?: readonly string[];
  readonly results?: string;
  readonly out?: string;
  /** What to do: measure and report, list the cells, or report alone. */
  readonly list: boolean;
  readonly report: boolean;
  /** Whether what is measured already is measured again. */
  readonly again: boolean;
  /** As it can be given again. */
  readonly command: string;
}

/**
 * @throws ConfigurationError when a number is none
 * @throws TypeError when there is no such option
 */
export function readArguments(words: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...words],
    options: {
      short: { type: 'boolean', default: false },
      data: { type: 'string' },
      size: { type: 'string', default: '32' },
      seeds: { type: 'string' },
      precision: { type: 'string', default: 'float32' },
      processes: { type: 'string', default: '1' },
      labels: { type: 'string', default: '10,40,100' },
      only: { type: 'string' },
      results: { type: 'string' },
      out: { type: 'string' },
      list: { type: 'boolean', default: false },
      again: { type: 'boolean', default: false },
      report: { type: 'boolean', default: false },
    },
  });
  const { short, data, results, out, list, again, report } = values;
  return {
    short,
    list,
    again,
    report,
    size: wholeNumber('size', values.size),
    seeds: wholeNumber('seeds', values.seeds ?? (short ? '1' : '3')),
    precision: precisionOf(values.precision),
    processes: wholeNumber('processes', values.processes),
    labels: values.labels
      .split(',')
      .map((word) => wholeNumber('labels', word))
      .sort((a, b) => a - b),
    ...(values.only !== undefined && { only: values.only.split(',') }),
    ...(data !== undefined && { data }),
    ...(results !== undefined && { results }),
    ...(out !== undefined && { out }),
    command: ['npm run bench:methods', ...commandWords(words)].join(' '),
  };
}

/** Options with a value that figures or times depend on. */
const MATTERING = ['data', 'size', 'seeds', 'labels', 'precision', 'processes'];

/** What matters to the figures: not where they go, nor which part of them was measured last. */
function commandWords(words: readonly string[]): string[] {
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      [...MATTERING, 'only', 'results', 'out'].map((name) => [name, { type: 'string' }]),
    ),
    strict: false,
    tokens: true,
  });
  const told = tokens.flatMap((token) =>
    token.kind === 'option' && ['short', ...MATTERING].includes(token.name)
      ? [`--${token.name}`, ...(token.value === undefined ? [] : [token.value])]
      : [],
  );
  return told.length === 0 ? [] : ['--', ...told];
}

function wholeNumber(name: string, word: string): number {
  const number = Number(word);
  if (Number.isInteger(number) && number > 0) return number;
  throw new ConfigurationError(`--${name}: received "${word}", expected a whole number above 0`);
}

function precisionOf(word: string): TrainingSpec['precision'] {
  if (word === 'float32' || word === 'bfloat16') return word;
  throw new ConfigurationError(`--precision: received "${word}", expected float32 or bfloat16`);
}
