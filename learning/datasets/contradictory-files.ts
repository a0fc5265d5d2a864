import { stat } from 'node:fs/promises';
import pLimit from 'p-limit';
import { sha256 } from '../../domain/hash.js';
import type { LeftOut } from '../../domain/left-out.js';
import { readRegular } from '../../domain/regular-file.js';
import { LeftOutCollector } from './collect-left-out.js';
import type { Picture } from './sources/source.js';

const AT_ONCE = 16;

function groupBy<Item, Key>(items: readonly Item[], key: (item: Item) => Key): Item[][] {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups.values()];
}

const isContradictory = (group: ReadonlyArray<{ readonly label: string }>) =>
  group.some(({ label }) => label !== group[0]!.label);

async function hashOf(path: string): Promise<string> {
  return sha256(await readRegular(path));
}

/** Reads a property of each file; files that can't be read are left out: decoding reports them. */
async function withProperty<Item extends { readonly file: string }, Value>(
  items: readonly Item[],
  read: (file: string) => Promise<Value>,
): Promise<Array<Item & { readonly value: Value }>> {
  const all = await pLimit(AT_ONCE).map(items, (item) =>
    read(item.file).then(
      (value) => [{ ...item, value }],
      () => [],
    ),
  );
  return all.flat();
}

/**
 * Finds equal files with different labels without decoding them: only files of equal size are compared. Equal pixels in
 * different files are found when a run decodes them.
 */
export async function contradictoryFiles(pictures: readonly Picture[]): Promise<LeftOut[]> {
  const files = pictures.flatMap(({ label, content }) =>
    label !== undefined && 'file' in content ? [{ file: content.file, label }] : [],
  );
  const sized = await withProperty(files, async (file) => (await stat(file)).size);
  const suspects = groupBy(sized, ({ value }) => value)
    .filter(isContradictory)
    .flat();
  const hashed = await withProperty(suspects, hashOf);
  const found = new LeftOutCollector();
  for (const group of groupBy(hashed, ({ value }) => value).filter(isContradictory)) {
    for (const { file, label } of group) found.add('contradictory', file, `label "${label}"`);
  }
  return found.list();
}
