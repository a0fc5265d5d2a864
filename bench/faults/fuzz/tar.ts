import { existsSync, lstatSync } from 'node:fs';
import { readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Header, type HeaderData } from 'tar';
import { unpackOnce } from '../../../cli/demo/unpack-once.js';
import type { DataSource } from '../../../domain/config/data.js';
import { DataError } from '../../../domain/errors.js';
import type { KeyedRandom } from '../../../domain/random.js';
import { listSource } from '../../../learning/datasets/sources/list-source.js';
import { chance, type Fuzzer, pick } from './fuzzer.js';
import { mutated } from './mutate.js';

const BLOCK = 512;
const CANARY = 'outside';
const NAMES = [
  'pictures/a.png',
  'pictures/b/c.png',
  'pictures/../../outside',
  '../outside',
  '../../outside',
  '/tmp/apprentice-fuzz-outside',
  'pictures/link/outside',
  'pictures/link',
  'pictures',
  'other/a.png',
  `pictures/${'x'.repeat(90)}`,
];
const TYPES: readonly NonNullable<HeaderData['type']>[] = [
  'File',
  'File',
  'File',
  'Directory',
  'SymbolicLink',
  'Link',
  'CharacterDevice',
  'FIFO',
];
const TARGETS = [
  '..',
  '../..',
  '../../outside',
  '/tmp/apprentice-fuzz-outside',
  'a.png',
  '/',
  'pictures/a.png',
];
const SIZES = [0, 0xffffffff, Number.MAX_SAFE_INTEGER, 1];

function entry(random: KeyedRandom): Buffer {
  const type = pick(random, TYPES);
  const content = Buffer.from(type === 'File' ? 'content' : '');
  const header = new Header({
    path: pick(random, NAMES),
    mode: 0o644,
    size: chance(random, 0.1) ? pick(random, SIZES) : content.length,
    type,
    linkpath: type === 'SymbolicLink' || type === 'Link' ? pick(random, TARGETS) : '',
    mtime: new Date(0),
    uid: 0,
    gid: 0,
  });
  header.encode();
  const block = header.block!;
  const padded = Buffer.alloc(Math.ceil(content.length / BLOCK) * BLOCK);
  content.copy(padded);
  return Buffer.concat([block, padded]);
}

/** Archives whose names, links and sizes lead outside. */
export const tar: Fuzzer = {
  refusals: [DataError],
  cpuSeconds: 2,
  async make(random) {
    const entries = Array.from({ length: 1 + random.integer(6) }, () => entry(random));
    const archive = Buffer.concat([...entries, Buffer.alloc(2 * BLOCK)]);
    const damaged = chance(random, 0.3) ? mutated(archive, random) : archive;
    const packed = chance(random, 0.5) ? gzipSync(damaged) : damaged;
    return { archive: chance(random, 0.2) ? mutated(packed, random) : packed, [CANARY]: 'untouched' };
  },
  async read(folder) {
    const archive = join(folder, 'archive');
    await expectRefusedAsData(archive);
    const inside = join(folder, 'data', String(process.hrtime.bigint()));
    try {
      await unpackOnce({ archive, name: 'pictures', folder: inside, onProgress: () => undefined });
    } finally {
      await expectNothingOutside(folder, inside);
    }
    return (await readdir(inside, { recursive: true })).sort().join();
  },
};

/** An archive where a folder or a batch is expected. */
async function expectRefusedAsData(archive: string): Promise<void> {
  const context = { field: 'data.labelled', wantsLabels: true, watch: () => undefined } as const;
  for (const source of [
    { format: 'class-folders', path: archive },
    { format: 'idx', images: archive, labels: archive },
    { format: 'cifar', variant: 'cifar10', paths: [archive] },
  ] satisfies DataSource[]) {
    const error = await listSource(source, context).then(
      () => undefined,
      (reason: Error) => reason,
    );
    if (!(error instanceof DataError)) throw new Error(`taken for ${source.format}: ${error}`);
  }
}

async function expectNothingOutside(folder: string, inside: string): Promise<void> {
  const content = await readFile(join(folder, CANARY), 'utf8');
  if (content !== 'untouched') throw new Error(`a file outside was changed to ${content}`);
  const beside = (await readdir(folder)).filter((name) => !['archive', 'data', CANARY].includes(name));
  if (beside.length > 0 || existsSync('/tmp/apprentice-fuzz-outside'))
    throw new Error(`made ${beside} outside`);
  const root = await realpath(inside).catch(() => undefined);
  if (root === undefined) return;
  for (const name of await readdir(root, { recursive: true })) {
    const path = join(root, name);
    const info = lstatSync(path);
    if (!info.isFile() && !info.isDirectory()) throw new Error(`made ${name}, neither a file nor a folder`);
    if (info.nlink > 1 && info.isFile() && !(await isLinkedInside(root, info.ino, info.nlink))) {
      throw new Error(`${name} is a second name of a file outside`);
    }
  }
}

async function isLinkedInside(root: string, inode: number, links: number): Promise<boolean> {
  const names = await readdir(root, { recursive: true });
  return names.filter((name) => lstatSync(join(root, name)).ino === inode).length === links;
}
