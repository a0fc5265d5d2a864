import { stringify } from 'yaml';
import type { AugmentationConfig } from '../../domain/config/augmentation.js';

/** A file that `run` takes beside its own: every setting, so that none of the run's stays by its side. */
export function foundPolicyFile(runId: string, summary: string, augmentation: AugmentationConfig): string {
  const comment = `# Found by the search ${runId}. ${summary}\n`;
  return comment + stringify({ student: { augmentation } });
}
