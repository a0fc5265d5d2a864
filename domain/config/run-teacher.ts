import type { z } from 'zod';
import { modelReference } from './base.js';
import { teacherTraining } from './training.js';

/** Generation 0: a training, or an existing model. */
export const runTeacher = teacherTraining.safeExtend({
  from: modelReference
    .optional()
    .describe(
      'An existing model is generation 0: the result of a run, transfer, distill or extend, named by line ("clothes"), version ("clothes@2") or run id, or a folder with model.json. The teacher is not trained, so other teacher settings are refused, and models[0] is not used (the first student has models[1], or the last one). The model must have the data’s classes. Images get its size, colour and fit unless data.image sets others.',
    ),
});

export type RunTeacher = z.output<typeof runTeacher>;

const DEFAULTS = runTeacher.parse({});

/** Refuses training settings of a teacher that is an existing model: they would have no effect. */
export function refuseTrainingBesideFrom(teacher: RunTeacher, context: z.RefinementCtx): void {
  if (teacher.from === undefined) return;
  for (const [key, value] of Object.entries(teacher)) {
    const usual = DEFAULTS[key as keyof RunTeacher];
    if (key === 'from' || JSON.stringify(value) === JSON.stringify(usual)) continue;
    const message = 'expected none with teacher.from: that model is generation 0 and is not trained';
    context.addIssue({ code: 'custom', path: ['teacher', key], message });
  }
}
