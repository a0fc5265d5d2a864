import { randomUUID } from 'node:crypto';
import { link, open, readdir, readFile, rename, rmdir, stat, unlink } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ArtifactStore } from '../domain/artifact-store.js';
import { ArtifactMissingError } from '../domain/errors.js';
import type { ArtifactKey } from '../domain/records.js';
import { clearAside } from './file-store/aside.js';
import { explained, hasCode } from './file-store/disk-errors.js';
import { makeFolder, syncFolder } from './file-store/folders.js';
import { assertKey } from './keys.js';

/** Artifacts are written here first; the leading dot keeps it apart from every key. */
const ASIDE = '.aside';
/** How often a folder may vanish under a writer, because another process emptied it, before it is an error. */
const PLACING_TRIES = 20;

/**
 * Artifacts as files of one folder, which may be shared by several machines (NFS included). A write survives a
 * crash once it has returned, and a reader never sees half of one.
 */
export class FileStore implements ArtifactStore {
  readonly url: string;
  private asideCleared: Promise<void> | undefined;

  /** @param root absolute path of the folder; made at the first write */
  constructor(private readonly root: string) {
    this.url = pathToFileURL(root).href;
  }

  async write(key: ArtifactKey, bytes: Uint8Array): Promise<void> {
    await this.place(key, bytes, async (aside, path) => {
      await rename(aside, path);
      return true;
    });
  }

  async create(key: ArtifactKey, bytes: Uint8Array): Promise<boolean> {
    if (await this.has(key)) return false;
    return this.place(key, bytes, linkExclusively);
  }

  async read(key: ArtifactKey): Promise<Uint8Array> {
    try {
      const { buffer, byteOffset, byteLength } = await readFile(this.pathOf(key));
      // No Buffer, whose slice() would not copy.
      return new Uint8Array(buffer, byteOffset, byteLength);
    } catch (error) {
      if (!hasCode(error, 'ENOENT', 'ENOTDIR', 'EISDIR')) throw explained(error, 'reading', key, this.url);
      throw new ArtifactMissingError(`artifact: there is no "${key}" in ${this.url}`, { cause: error });
    }
  }

  async has(key: ArtifactKey): Promise<boolean> {
    try {
      return (await stat(this.pathOf(key))).isFile();
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return false;
      throw explained(error, 'looking for', key, this.url);
    }
  }

  async list(prefix: string): Promise<ArtifactKey[]> {
    const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    if (folder !== '') assertKey(folder.slice(0, -1));
    const keys: ArtifactKey[] = [];
    await this.collect(join(this.root, folder), keys);
    return keys.filter((key) => key.startsWith(prefix)).sort();
  }

  async remove(key: ArtifactKey): Promise<void> {
    const path = this.pathOf(key);
    try {
      await unlink(path);
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return;
      throw explained(error, 'removing', key, this.url);
    }
    await this.removeEmptyFolders(dirname(path));
  }

  private pathOf(key: ArtifactKey): string {
    assertKey(key);
    return join(this.root, ...key.split('/'));
  }

  /** Writes aside, then gives the file its name. */
  private async place(
    key: ArtifactKey,
    bytes: Uint8Array,
    name: (aside: string, path: string) => Promise<boolean>,
  ): Promise<boolean> {
    const path = this.pathOf(key);
    const aside = join(this.root, ASIDE, randomUUID());
    try {
      await this.writeAside(aside, bytes);
      const isNamed = await inFolder(dirname(path), () => name(aside, path));
      await syncFolder(dirname(path));
      return isNamed;
    } catch (error) {
      throw explained(error, `writing ${bytes.byteLength} bytes to`, key, this.url);
    } finally {
      // After a rename there is nothing left to remove.
      await unlink(aside).catch(() => undefined);
    }
  }

  private async writeAside(aside: string, bytes: Uint8Array): Promise<void> {
    await makeFolder(dirname(aside));
    this.asideCleared ??= clearAside(dirname(aside));
    await this.asideCleared;
    const file = await open(aside, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  private async collect(folder: string, keys: ArtifactKey[]): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true }).catch((error) => {
      // Another process may just have emptied it.
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
      throw explained(error, 'listing', relative(this.root, folder), this.url);
    });
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await this.collect(path, keys);
      else if (entry.isFile()) keys.push(relative(this.root, path).split(sep).join('/'));
    }
  }

  private async removeEmptyFolders(folder: string): Promise<void> {
    for (let empty = folder; empty !== this.root; empty = dirname(empty)) {
      try {
        await rmdir(empty);
      } catch (error) {
        if (hasCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT', 'EBUSY')) return;
        throw explained(error, 'removing', relative(this.root, empty), this.url);
      }
    }
  }
}

/** Runs the work in a folder; makes it again where another process, having emptied it, took it away. */
async function inFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      await makeFolder(folder);
      return await work();
    } catch (error) {
      if (!hasCode(error, 'ENOENT') || attempt === PLACING_TRIES) throw error;
    }
  }
}

/** Gives a whole file its name, only where nothing has it yet. */
async function linkExclusively(aside: string, path: string): Promise<boolean> {
  try {
    await link(aside, path);
    return true;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    // Over NFS a lost answer is asked again, and the second time our own file is in the way.
    return (await stat(aside)).nlink === 2;
  }
}
