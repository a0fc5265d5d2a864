import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { readBest } from '../../../client/local-store.js';
import type { ArtifactStore } from '../../../domain/artifact-store.js';
import type { SearchReport } from '../../../domain/methods/search.js';
import { commandName } from '../../command-name.js';
import { print } from '../../streams.js';

/** Writes the best policy as a configuration file for `run --with`. */
export async function saveBest({ bestKey }: SearchReport, out: string, store: ArtifactStore): Promise<void> {
  await mkdir(dirname(resolve(out)), { recursive: true });
  await writeFile(out, await readBest(store, bestKey));
  print(`Wrote ${out}.`, `Train with it: ${commandName()} run CONFIG --with ${out}`);
}
