import type { ArtifactStore } from '../../domain/artifact-store.js';
import { ConfigurationError } from '../../domain/errors.js';
import type { MethodName, MethodReport } from '../../domain/methods.js';
import { openStore } from '../../storage/open-store.js';
import { commandName } from '../command-name.js';

/** Writes what a method has made for people to a file or folder of theirs; says what was written. */
type SaveOutput = (report: never, out: string, store: ArtifactStore) => Promise<void>;

interface Output {
  /** A list has a sheet of pictures beside it, by the same name. */
  readonly into: 'file' | 'list' | 'folder';
  readonly load: () => Promise<SaveOutput>;
}

/** Methods that make something to be taken away: a policy, a list, a folder of pictures. */
export const OUTPUTS: { readonly [Name in MethodName]?: Output } = {
  search: { into: 'file', load: async () => (await import('./search/save.js')).saveBest },
  gap: { into: 'folder', load: async () => (await import('./gap/save.js')).saveGap },
  labelNext: { into: 'list', load: async () => (await import('./label-next/save.js')).saveChoice },
  robustness: { into: 'folder', load: async () => (await import('./robustness/save.js')).saveRobustness },
};

/**
 * Writes what a method has made, see {@link expectOutput}, which has refused methods that make nothing.
 * @throws ConfigurationError when it can't be written, with what writes it again
 */
export async function saveOutput(report: MethodReport, out: string, storeUrl: string): Promise<void> {
  const save = await OUTPUTS[report.method]?.load();
  try {
    await save?.(report as never, out, openStore(storeUrl));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // Of the file system: a full disk, a folder of someone else.
    if (code === undefined && !(error instanceof ConfigurationError)) throw error;
    const again = `nothing is lost: ${commandName()} show ${report.runId} --out PATH writes it again`;
    throw new ConfigurationError(`${message} (${again})`, { cause: error });
  }
}
