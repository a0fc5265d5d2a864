import { isDeepStrictEqual } from 'node:util';
import type { AugmentationConfig } from '../../domain/config/augmentation.js';
import { studentTraining } from '../../domain/config/training.js';
import type { SelfTrainingConfig } from '../../domain/methods/self-training.js';
import { countOf, countText } from '../../domain/quantities.js';
import type { DataSurvey } from '../datasets/survey.js';

/** With fewer, the gate's interval is wider than the usual gain of a student. */
const FEW_VALIDATION = 200;
const FEW_LABELS_PER_CLASS = 5;
/** Unlabelled images for each labelled one; with fewer, students gain little. */
const FEW_UNLABELLED = 1;

function isChanged(augmentation: AugmentationConfig): boolean {
  return !isDeepStrictEqual(augmentation, studentTraining.parse({}).augmentation);
}

/** Warns about settings and data that are valid, but probably unintended. */
export function warningsAbout(config: SelfTrainingConfig, { counts, classes }: DataSurvey): string[] {
  const { generations, teacher, student, data, pseudoLabels } = config;
  const perClass = counts.labelled / classes.length;
  return [
    ...(generations > 0 && counts.unlabelled < FEW_UNLABELLED * counts.labelled
      ? [
          `only ${countOf(counts.unlabelled, 'unlabelled image')} for ${countText(counts.labelled)} labelled ones: students need many`,
        ]
      : []),
    ...(perClass < FEW_LABELS_PER_CLASS
      ? [`${countOf(perClass, 'labelled image')} for each class: pseudo-labels will often be wrong`]
      : []),
    ...(counts.validation < FEW_VALIDATION
      ? [
          `${countOf(counts.validation, 'validation image')}: too few for a reliable gate (data.validationPerClass)`,
        ]
      : []),
    ...(generations > 0 && pseudoLabels.rule === 'softmatch' && pseudoLabels.perClass !== 'off'
      ? [
          `pseudoLabels.rule softmatch with perClass ${pseudoLabels.perClass}: the least confident images of large classes are dropped, those of small ones repeated; SoftMatch weighs all (pseudoLabels.perClass: off)`,
        ]
      : []),
    ...(generations === 0 && isChanged(student.augmentation)
      ? ['student.augmentation: has no effect without students (generations: 0); set teacher.augmentation']
      : []),
    ...(data.test ? [] : ['no test images (data.test): the report will have no test accuracy']),
    ...[
      { name: 'teacher', training: teacher },
      { name: 'student', training: student },
    ].flatMap(({ name, training }) =>
      training.batchSize > counts.labelled && (name === 'teacher' ? !teacher.from : generations > 0)
        ? [
            `${name}.batchSize ${training.batchSize} is more than the ${countText(counts.labelled)} labelled images: each step repeats some`,
          ]
        : [],
    ),
  ];
}
