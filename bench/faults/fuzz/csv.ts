import { join } from 'node:path';
import { DataError } from '../../../domain/errors.js';
import type { KeyedRandom } from '../../../domain/random.js';
import { listSource } from '../../../learning/datasets/sources/list-source.js';
import { encodePicture } from '../../../test/support/picture-files.js';
import { chance, type Fuzzer, pick } from './fuzzer.js';
import { mutated } from './mutate.js';
import { ODD_TEXTS } from './odd-texts.js';
import { readPictures } from './read-pictures.js';

const SEPARATORS = [',', ',', ',', ';', '\t', '|', ' '];
const LINE_ENDS = ['\n', '\n', '\r\n', '\r', '\n\n'];
const HEADERS = [
  ['path', 'label'],
  ['label', 'path'],
  ['path'],
  ['Path', 'label'],
  ['path', 'path', 'label'],
];
const MOST_ROWS = 6;

const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();
const ENCODINGS: readonly ((text: string) => Buffer)[] = [
  (text) => Buffer.from(text),
  (text) => Buffer.from(text),
  (text) => Buffer.from(`\ufeff${text}`),
  (text) => Buffer.from(text, 'utf16le'),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  swapped,
  (text) => swapped(`\ufeff${text}`),
  (text) => Buffer.from(text, 'latin1'),
];

function cell(random: KeyedRandom): string {
  const text = chance(random, 0.6)
    ? pick(random, ['shoe.png', './shoe.png', 'boot'])
    : pick(random, ODD_TEXTS);
  if (chance(random, 0.3)) return `"${text.replaceAll('"', '""')}"`;
  return chance(random, 0.1) ? `"${text}` : text;
}

/** Tables in other encodings, separators and quotes, with names that lead anywhere. */
export const csv: Fuzzer = {
  refusals: [DataError],
  cpuSeconds: 2,
  async make(random) {
    const header = pick(random, HEADERS);
    const rows = Array.from({ length: random.integer(MOST_ROWS) }, () => {
      const missing = chance(random, 0.1) ? 1 : 0;
      return Array.from({ length: header.length - missing }, () => cell(random));
    });
    const separator = pick(random, SEPARATORS);
    const text = [header, ...rows].map((row) => row.join(separator)).join(pick(random, LINE_ENDS));
    const bytes = pick(random, ENCODINGS)(text);
    return {
      'sheet.csv': chance(random, 0.3) ? mutated(bytes, random) : bytes,
      'shoe.png': await encodePicture(0),
    };
  },
  async read(folder) {
    const source = {
      format: 'csv',
      path: join(folder, 'sheet.csv'),
      pathColumn: 'path',
      labelColumn: 'label',
    } as const;
    const context = { field: 'data.labelled', wantsLabels: 'where-given', watch: () => undefined } as const;
    return readPictures(await listSource(source, context));
  },
};
