import { stringify } from 'yaml';
import type { AugmentationConfig } from '../../domain/config/augmentation.js';

/** How the file is used, for whom it is not for students. */
const USE = `# apprentice run CONFIG --with FILE trains students by it. A teacher: say teacher instead of student, which is also what
# has an effect in a run without students (generations: 0). The strong view of FixMatch: all below augmentation but mixup
# and cutmix goes into consistency.strong of the training.`;

/** A file that `run` takes beside its own: every setting, so that none of the run's stays by its side. */
export function policyFile(runId: string, summary: string, augmentation: AugmentationConfig): string {
  return `# Found by the search ${runId}. ${summary}\n${USE}\n${stringify({ student: { augmentation } })}`;
}
