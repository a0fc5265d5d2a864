import type { z } from 'zod';
import { modelReference } from './base.js';
import { teacherTraining } from './training.js';

/** Of generation 0: a training, or a model that is there already. */
export const runTeacher = teacherTraining.safeExtend({
  from: modelReference
    .optional()
    .describe(
      'A model that is there already is generation 0, as it is: what a run, transfer, distill or extend has made, by line ("clothes"), version ("clothes@2") or run, or a folder with model.json. Nothing of the teacher is trained, so all else here is refused beside it, and models[0] is not used (the first student has models[1], or the last there is). Its classes must be those of the data; pictures are brought to its size, colour and fit unless data.image says otherwise.',
    ),
});

export type RunTeacher = z.output<typeof runTeacher>;

const UNTRAINED = runTeacher.parse({});

/** What is said of the training of a teacher that is not trained would be passed over. */
export function refuseTrainingBesideFrom(teacher: RunTeacher, context: z.RefinementCtx): void {
  if (teacher.from === undefined) return;
  for (const [key, value] of Object.entries(teacher)) {
    const usual = UNTRAINED[key as keyof RunTeacher];
    if (key === 'from' || JSON.stringify(value) === JSON.stringify(usual)) continue;
    const message = 'expected none beside teacher.from: that model is generation 0 as it is, not trained';
    context.addIssue({ code: 'custom', path: ['teacher', key], message });
  }
}
