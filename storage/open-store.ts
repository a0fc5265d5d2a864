import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ArtifactStore } from '../domain/artifact-store.js';
import { ConfigurationError } from '../domain/errors.js';
import { FileStore, type FileStoreOptions } from './file-store.js';

/**
 * Opens the store at an address. Creates nothing before the first write.
 * @param address `file:///absolute/path`, or a plain path
 * @param options see {@link FileStoreOptions}
 * @throws ConfigurationError for any other address
 */
export function openStore(address: string, options: FileStoreOptions = {}): ArtifactStore {
  return new FileStore(folderOf(address), options);
}

function folderOf(address: string): string {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(address)?.[1]?.toLowerCase();
  if (scheme === 'file') return pathOfUrl(address);
  if (scheme === 's3') {
    throw new ConfigurationError(
      `store: received ${address}, but S3 is not supported: use a folder that all machines share`,
    );
  }
  if (scheme !== undefined || address.trim() === '') {
    throw new ConfigurationError(
      `store: received ${JSON.stringify(address)}, expected a folder or file:///absolute/path`,
    );
  }
  return resolve(address);
}

function pathOfUrl(address: string): string {
  try {
    return resolve(fileURLToPath(address));
  } catch (error) {
    throw new ConfigurationError(
      `store: received ${address}, expected file:///absolute/path (${(error as Error).message})`,
      {
        cause: error,
      },
    );
  }
}
