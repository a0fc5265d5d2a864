import type { ArtifactStore } from '../../domain/artifact-store.js';
import type { MethodName, MethodReport } from '../../domain/methods.js';
import { openStore } from '../../storage/open-store.js';

/** Writes what a method has made for people to a file or folder of theirs; says what was written. */
type SaveOutput = (report: never, out: string, store: ArtifactStore) => Promise<void>;

/** Methods that make something to be taken away: a policy, a list, a folder of pictures. */
const OUTPUTS: { readonly [Name in MethodName]?: () => Promise<SaveOutput> } = {
  search: async () => (await import('./search.js')).saveBest,
  gap: async () => (await import('../gap/save.js')).saveGap,
  labelNext: async () => (await import('../label-next/save.js')).saveChoice,
  robustness: async () => (await import('../robustness/save.js')).saveRobustness,
};

/** See {@link expectOutput}, which has refused methods that make nothing. */
export async function saveOutput(report: MethodReport, out: string, storeUrl: string): Promise<void> {
  const save = await OUTPUTS[report.method]?.();
  await save?.(report as never, out, openStore(storeUrl));
}
