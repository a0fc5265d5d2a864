import { stringify } from 'yaml';
import type { AugmentationConfig } from '../../domain/config/augmentation.js';

const USAGE = `# Students: apprentice run CONFIG --with FILE. Teacher: replace "student" below by "teacher" (also in runs without
# students, generations: 0). FixMatch: copy the settings below augmentation, except mixup and cutmix, to
# consistency.strong of the training.`;

/** A file for `run --with`. Has all settings of the policy, so that none of the run's own remains. */
export function policyFile(runId: string, summary: string, augmentation: AugmentationConfig): string {
  return `# Found by the search ${runId}. ${summary}\n${USAGE}\n${stringify({ student: { augmentation } })}`;
}
