import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { readRunConfig } from '../../../client/config-file.js';
import { ConfigurationError } from '../../../domain/errors.js';
import { METHOD_NAMES } from '../../../domain/methods.js';
import type { KeyedRandom } from '../../../domain/random.js';
import { leastConfig } from '../../../test/support/least-config.js';
import { configurationOf, VARIANTS } from '../configurations.js';
import { chance, type Fuzzer, pick } from './fuzzer.js';
import { mutated } from './mutate.js';
import { mutatedValue } from './mutate-value.js';
import { ODD_TEXTS } from './odd-texts.js';

const PICTURES = { train: '/pictures/train', test: '/pictures/test' };

function soundConfig(random: KeyedRandom): unknown {
  const method = pick(random, METHOD_NAMES);
  if (chance(random, 0.2)) return leastConfig(method);
  return configurationOf(method, random.integer(VARIANTS), PICTURES, 'fuzzed');
}

/** YAML that means more than JSON. */
const YAML_ENDS = [
  '\nextra: *missing\n',
  '\na: &a [*a]\n',
  '\na: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b,*b]\nd: [*c,*c,*c]\n',
  '\n<<: { seed: 1 }\n',
  '\nname: twice\n',
  '\n---\nname: second\n',
  '\n? [1, 2]\n: x\n',
  '\nextra: !!binary aGVsbG8=\n',
  '\nextra: !!js/function x\n',
  '\n__proto__: { polluted: true }\n',
  '\n\tseed: 1\n',
  '\nseed: 0x7fffffffffffffffffff\n',
  '\nextra: !!set {a, b}\n',
  '\nextra: !!timestamp 2026-01-01\n',
  `\nextra: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`,
];

function textOf(config: unknown, random: KeyedRandom): string {
  if (chance(random, 0.4)) return JSON.stringify(config);
  const text = stringify(config);
  return chance(random, 0.3) ? text + pick(random, YAML_ENDS) : text;
}

const KEYS = ['seed', 'data.labelled.path', 'models[0].width', 'models[9].width', 'student', 'name', 'a.b.c'];

function override(random: KeyedRandom): string {
  const key = chance(random, 0.7) ? pick(random, KEYS) : pick(random, ODD_TEXTS);
  return `${key}${chance(random, 0.9) ? '=' : ''}${pick(random, ODD_TEXTS)}`;
}

const ENCODINGS = ['utf8', 'utf8', 'utf8', 'utf8', 'utf16le', 'latin1'] as const;

/** Configurations of every method with other values, keys, types, depths and bytes; and values of `--set`. */
export const configuration: Fuzzer = {
  refusals: [ConfigurationError],
  cpuSeconds: 1,
  async make(random) {
    const config = soundConfig(random);
    const text = textOf(chance(random, 0.9) ? mutatedValue(config, random) : config, random);
    const bytes = Buffer.from(text, pick(random, ENCODINGS));
    const overrides = Array.from({ length: chance(random, 0.3) ? 1 + random.integer(2) : 0 }, () =>
      override(random),
    );
    return {
      'run.yaml': chance(random, 0.15) ? mutated(bytes, random) : bytes,
      'overrides.json': JSON.stringify(overrides),
    };
  },
  async read(folder) {
    const overrides = JSON.parse(await readFile(join(folder, 'overrides.json'), 'utf8')) as string[];
    const config = await readRunConfig(join(folder, 'run.yaml'), { overrides });
    if ('polluted' in {}) throw new Error('a configuration has changed the prototype of all objects');
    return JSON.stringify(config);
  },
};
