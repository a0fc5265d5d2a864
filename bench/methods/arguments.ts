import { parseArgs } from 'node:util';
import type { TrainingSpec } from '../../domain/config/training.js';
import { ConfigurationError } from '../../domain/errors.js';

/** The options of the bench's command line. */
export interface Arguments {
  readonly short: boolean;
  readonly data?: string;
  /** Side in pixels to which a folder's images are resized. */
  readonly size: number;
  readonly seeds: number;
  /** Precision of large operations in all trainings. */
  readonly precision: TrainingSpec['precision'];
  /** Number of cells measured at once, each in a process with its share of the cores. */
  readonly processes: number;
  /** Label budgets per class, ascending. */
  readonly labels: readonly number[];
  readonly only?: readonly string[];
  readonly results?: string;
  readonly out?: string;
  /** List the cells instead of measuring them. */
  readonly list: boolean;
  /** Write the report without measuring. */
  readonly report: boolean;
  /** Measure again what has a result. */
  readonly again: boolean;
  /** The command that reproduces the figures. */
  readonly command: string;
}

/**
 * @throws ConfigurationError when a value is invalid
 * @throws TypeError for an unknown option
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

/** Options with a value that affects figures or times. */
const RELEVANT = ['data', 'size', 'seeds', 'labels', 'precision', 'processes'];

/** The relevant options: neither paths of outputs nor the part that was measured last. */
function commandWords(words: readonly string[]): string[] {
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      [...RELEVANT, 'only', 'results', 'out'].map((name) => [name, { type: 'string' }]),
    ),
    strict: false,
    tokens: true,
  });
  const options = tokens.flatMap((token) =>
    token.kind === 'option' && ['short', ...RELEVANT].includes(token.name)
      ? [`--${token.name}`, ...(token.value === undefined ? [] : [token.value])]
      : [],
  );
  return options.length === 0 ? [] : ['--', ...options];
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
