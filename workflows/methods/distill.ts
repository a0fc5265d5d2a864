import type { TeacherPredictions } from '../../activities/distill/predict-with-teachers.js';
import { outputOrders } from '../../domain/class-order.js';
import type { DistillConfig, DistillReport } from '../../domain/methods/distill.js';
import { countText, percentText } from '../../domain/quantities.js';
import type { DatasetRecord, OpenedModel } from '../../domain/records.js';
import type { TrainingPlan } from '../../domain/training-plan.js';
import { promoteThroughGate } from '../enter-registry.js';
import type { RunContext } from '../run-context.js';

/** A small network learns from the predictions of larger ones (Hinton, Vinyals and Dean 2015). */
export async function distill(run: RunContext<DistillConfig>): Promise<DistillReport> {
  const teachers = await openTeachers(run);
  const dataset = await run.prepareDataset({ model: teachers[0]! });
  const teacherPredictions = await run.onTrainer(
    teachers.length === 1 ? 'predict with the teacher' : 'predict with the teachers',
    (trainer) => trainer.predictWithTeachers({ ...run.input, dataset, teachers }),
    ({ validation, studentParameters }) =>
      [`${percentText(validation.accuracy, 1)} on validation`, largerText(teachers, studentParameters)]
        .filter(Boolean)
        .join('; '),
  );
  const student = await run.onTrainer(
    'train the student',
    (trainer) =>
      trainer.trainModel({
        runId: run.runId,
        seed: run.config.seed,
        plan: studentPlan(run.config, dataset, teachers, teacherPredictions),
      }),
    ({ validation }) => `${percentText(validation.accuracy, 1)} on validation`,
  );
  const measured = await run.onTrainer(
    'compare student and teachers',
    (trainer) => trainer.measureCompression({ ...run.input, dataset, teachers, teacherPredictions, student }),
    ({ validation }) => `${percentText(validation.agreement, 1)} agreement`,
  );
  const entry = await promoteThroughGate(run, { dataset }, 'the student', student);
  return run.report<DistillReport>({
    summary: summaryOf(measured, teachers.length),
    dataset,
    teachers: teachers.map(({ reference }) => reference),
    model: student,
    teacherValidation: teacherPredictions.validation,
    ...measured,
    ...entry,
  });
}

/** Warns before the training: a distillation should make a smaller model. */
function largerText(teachers: readonly OpenedModel[], student: number): string | undefined {
  const theirs = teachers.reduce((sum, { parameters }) => sum + parameters, 0);
  if (student <= theirs) return undefined;
  return `the student is larger: ${countText(student)} parameters to ${countText(theirs)}`;
}

async function openTeachers(run: RunContext<DistillConfig>): Promise<OpenedModel[]> {
  const opened: OpenedModel[] = [];
  for (const [index, reference] of run.config.teachers.entries()) {
    opened.push(await run.openModel(reference, `teacher-${index + 1}`, `teachers[${index}]`));
  }
  return opened;
}

function studentPlan(
  config: DistillConfig,
  dataset: DatasetRecord,
  teachers: readonly OpenedModel[],
  { responses }: TeacherPredictions,
): TrainingPlan {
  const { alpha, temperature, targets, views, features, learnFrom, training, model } = config;
  const teacherOutputs = views === 'same' ? outputOrders(dataset.classes, teachers) : undefined;
  return {
    name: 'student',
    dataset,
    start: model,
    training: learnFrom === 'labels' ? { ...training, unlabelledRatio: 0 } : training,
    objective: { kind: 'distill', alpha, temperature, targets, views, ...(features && { features }) },
    ...(views === 'same' && {
      teachers: teachers.map(({ modelKey, weightsHash }) => ({ modelKey, weightsHash })),
    }),
    ...(teacherOutputs && { teacherOutputs }),
    ...(responses && { responses }),
    ...(learnFrom === 'unlabelled' && { withoutLabelled: true }),
  };
}

function summaryOf(
  { validation, test }: Pick<DistillReport, 'validation' | 'test'>,
  teachers: number,
): string {
  const { teacher, student, parameterRatio, speedRatio, agreement } = test ?? validation;
  const size =
    parameterRatio >= 1
      ? `${parameterRatio.toFixed(1)} times fewer parameters`
      : `${(1 / parameterRatio).toFixed(1)} times the parameters`;
  return `Accuracy of the student on ${test ? 'test' : 'validation'} images ${percentText(student.accuracy, 1)}, of ${teachers === 1 ? 'its teacher' : 'its teachers together'} ${percentText(teacher.accuracy, 1)}, with ${size} and ${speedRatio.toFixed(1)} times the speed; they agree on ${percentText(agreement, 1)} of them.`;
}
