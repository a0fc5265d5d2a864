import type { ArtifactStore } from '../../domain/artifact-store.js';
import { ConfigurationError } from '../../domain/errors.js';
import type { MethodName, MethodReport } from '../../domain/methods.js';
import { openStore } from '../../storage/open-store.js';
import { commandName } from '../command-name.js';

/** Writes what a method has made for people to a file or folder of theirs; says what was written. */
type SaveOutput = (report: never, out: string, store: ArtifactStore) => Promise<void>;

/** Methods that make something to be taken away: a policy, a list, a folder of pictures. */
const OUTPUTS: { readonly [Name in MethodName]?: () => Promise<SaveOutput> } = {
  search: async () => (await import('./search/save.js')).saveBest,
  gap: async () => (await import('./gap/save.js')).saveGap,
  labelNext: async () => (await import('./label-next/save.js')).saveChoice,
  robustness: async () => (await import('./robustness/save.js')).saveRobustness,
};

/**
 * Writes what a method has made, see {@link expectOutput}, which has refused methods that make nothing.
 * @throws ConfigurationError when it can't be written, with what writes it again
 */
export async function saveOutput(report: MethodReport, out: string, storeUrl: string): Promise<void> {
  const save = await OUTPUTS[report.method]?.();
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
