import { randomUUID } from 'node:crypto';
import { link, open, readdir, rename, rmdir, stat, unlink } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ArtifactStore } from '../domain/artifact-store.js';
import { ArtifactMissingError, StoreGoneError } from '../domain/errors.js';
import type { ArtifactKey } from '../domain/records.js';
import { openRegular, SPECIAL_FILE } from '../domain/regular-file.js';
import { readChunks, writeChunks } from './file-store/chunks.js';
import { explainDiskError, hasCode } from './file-store/disk-errors.js';
import { makeFolder, syncFolder } from './file-store/folders.js';
import { removeStaleFiles } from './file-store/temporary-files.js';
import { assertKey } from './keys.js';

/** Artifacts are written here first. No key can contain it, because segments can't start with a dot. */
const TEMPORARY = '.tmp';
/** Attempts to write into a folder that other processes remove because it is empty. */
const FOLDER_ATTEMPTS = 20;

export interface FileStoreOptions {
  /** Called after each chunk of an artifact that is written or read: large ones may take minutes. */
  onTransfer?(): void;
  /** The folder exists: an operation that does not find it throws StoreGoneError, and no write makes it anew. */
  readonly mustExist?: boolean;
}

/**
 * An artifact store in a folder, which several machines may share (also by NFS). Completed writes survive a crash, and
 * readers never see partial writes. What is written has at most the permissions of the folder: in a private one, all is.
 */
export class FileStore implements ArtifactStore {
  readonly url: string;
  private staleRemoved: Promise<void> | undefined;
  private mode: Promise<number> | undefined;

  /** @param root absolute path of the folder; the first write creates it */
  constructor(
    private readonly root: string,
    private readonly options: FileStoreOptions = {},
  ) {
    this.url = pathToFileURL(root).href;
  }

  async write(key: ArtifactKey, bytes: Uint8Array): Promise<void> {
    await this.place(key, bytes, async (temporary, path) => {
      await rename(temporary, path);
      return true;
    });
  }

  async create(key: ArtifactKey, bytes: Uint8Array): Promise<boolean> {
    if (await this.has(key)) return false;
    return this.place(key, bytes, linkExclusively);
  }

  async read(key: ArtifactKey): Promise<Uint8Array> {
    try {
      return await this.readWhole(this.pathOf(key));
    } catch (error) {
      if (!hasCode(error, 'ENOENT', 'ENOTDIR', 'EISDIR', SPECIAL_FILE))
        throw explainDiskError(error, 'reading', key, this.url);
      await this.assertThere();
      throw new ArtifactMissingError(`artifact: there is no "${key}" in ${this.url}`, { cause: error });
    }
  }

  async has(key: ArtifactKey): Promise<boolean> {
    try {
      return (await stat(this.pathOf(key))).isFile();
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) {
        await this.assertThere();
        return false;
      }
      throw explainDiskError(error, 'looking for', key, this.url);
    }
  }

  async list(prefix: string): Promise<ArtifactKey[]> {
    const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    if (folder !== '') assertKey(folder.slice(0, -1));
    const keys: ArtifactKey[] = [];
    await this.assertThere();
    await this.collect(join(this.root, folder), keys);
    return keys.filter((key) => key.startsWith(prefix)).sort();
  }

  async remove(key: ArtifactKey): Promise<void> {
    const path = this.pathOf(key);
    try {
      await unlink(path);
    } catch (error) {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return;
      throw explainDiskError(error, 'removing', key, this.url);
    }
    await this.removeEmptyFolders(dirname(path));
  }

  /** A new store has no folder before its first write. */
  private async assertThere(): Promise<void> {
    if (!this.options.mustExist) return;
    try {
      if ((await stat(this.root)).isDirectory()) return;
    } catch (error) {
      if (!hasCode(error, 'ENOENT', 'ENOTDIR')) throw explainDiskError(error, 'looking for', '', this.url);
    }
    throw new StoreGoneError(
      `the store is gone: there is no folder ${this.root}: mount its disk or move it back; the run then continues`,
    );
  }

  private async readWhole(path: string): Promise<Uint8Array> {
    // A saved model may come from elsewhere: a pipe in it would hold the reader for ever.
    const file = await openRegular(path);
    try {
      return await readChunks(file, this.options.onTransfer);
    } finally {
      await file.close();
    }
  }

  private pathOf(key: ArtifactKey): string {
    assertKey(key);
    return join(this.root, ...key.split('/'));
  }

  /** Writes a temporary file and moves it to its name. */
  private async place(
    key: ArtifactKey,
    bytes: Uint8Array,
    name: (temporary: string, path: string) => Promise<boolean>,
  ): Promise<boolean> {
    const path = this.pathOf(key);
    const temporary = join(this.root, TEMPORARY, randomUUID());
    await this.assertThere();
    try {
      await this.writeTemporary(temporary, bytes);
      const isNamed = await inFolder(dirname(path), await this.modeOfFolder(), () => name(temporary, path));
      await syncFolder(dirname(path));
      return isNamed;
    } catch (error) {
      throw explainDiskError(error, `writing ${bytes.byteLength} bytes to`, key, this.url);
    } finally {
      // After a rename there is nothing left to remove.
      await unlink(temporary).catch(() => undefined);
    }
  }

  private async writeTemporary(temporary: string, bytes: Uint8Array): Promise<void> {
    const mode = await this.modeOfFolder();
    await makeFolder(dirname(temporary), mode);
    this.staleRemoved ??= removeStaleFiles(dirname(temporary));
    await this.staleRemoved;
    const file = await open(temporary, 'wx', mode & 0o666);
    try {
      await writeChunks(file, bytes, this.options.onTransfer);
    } finally {
      await file.close();
    }
  }

  private modeOfFolder(): Promise<number> {
    this.mode ??= modeOf(this.root);
    return this.mode;
  }

  private async collect(folder: string, keys: ArtifactKey[]): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true }).catch((error) => {
      // Another process may have removed the folder.
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
      throw explainDiskError(error, 'listing', relative(this.root, folder), this.url);
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
        throw explainDiskError(error, 'removing', relative(this.root, empty), this.url);
      }
    }
  }
}

/** Makes a folder and runs the work in it; tries again when another process removes the folder meanwhile. */
async function inFolder<T>(folder: string, mode: number, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      await makeFolder(folder, mode);
      return await work();
    } catch (error) {
      if (!hasCode(error, 'ENOENT') || attempt === FOLDER_ATTEMPTS) throw error;
    }
  }
}

/** The permissions of a folder; all, less the umask, for one that is still to be made. */
async function modeOf(folder: string): Promise<number> {
  const made = await stat(folder).catch(() => undefined);
  return made ? made.mode & 0o777 : 0o777;
}

/** Gives a complete file its name, unless the name is taken. */
async function linkExclusively(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    // A folder or a pipe never becomes free: whoever waits for the next number would wait for ever.
    if (await isInTheWay(path)) throw error;
    // NFS repeats a request whose reply was lost; the repeated link then fails on our own file.
    return (await stat(temporary)).nlink === 2;
  }
}

/** Whether a path is taken, but by no file. */
async function isInTheWay(path: string): Promise<boolean> {
  const info = await stat(path).catch(() => undefined);
  return info !== undefined && !info.isFile();
}
