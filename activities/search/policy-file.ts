import { stringify } from 'yaml';
import type { AugmentationConfig } from '../../domain/config/augmentation.js';

const USAGE = `# To train students with it: apprentice run CONFIG --with FILE. To train the teacher with it, also in runs without
# students (generations: 0), replace "student" below by "teacher". To use it in FixMatch, copy the settings below
# augmentation, except mixup and cutmix, to consistency.strong of the training.`;

/** A file for `run --with`. Has all settings of the policy, so that none of the run's own remains. */
export function policyFile(runId: string, summary: string, augmentation: AugmentationConfig): string {
  return `# Found by the search ${runId}. ${summary}\n${USAGE}\n${stringify({ student: { augmentation } })}`;
}
