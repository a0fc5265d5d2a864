import type { AskedTeachers } from '../../activities/methods/distill-contract.js';
import { outputOrders } from '../../domain/class-order.js';
import type { DistillConfig } from '../../domain/config/methods/distill.js';
import type { FitPlan } from '../../domain/fit-plan.js';
import type { Compression, DistillReport } from '../../domain/methods/distill.js';
import type { OpenedModel } from '../../domain/methods.js';
import { percentText } from '../../domain/percent-text.js';
import type { DatasetRecord } from '../../domain/records.js';
import { enterLine } from './enter-line.js';
import { type MethodRun, method } from './method-run.js';

/** A small network learns what larger ones know (Hinton, Vinyals and Dean 2015). */
export const distill = method<DistillConfig, DistillReport>('distill', async (run) => {
  const teachers = await openTeachers(run);
  const dataset = await run.prepareDataset(undefined, teachers[0]!);
  const asked = await run.step(
    teachers.length === 1 ? 'ask the teacher' : 'ask the teachers',
    (activities) => activities.askTeachers({ ...run.input, dataset, teachers }),
    ({ validation, studentParameters }) =>
      [`${percentText(validation.accuracy, 1)} on validation`, largerText(teachers, studentParameters)]
        .filter(Boolean)
        .join('; '),
  );
  const student = await run.step(
    'train the student',
    (activities) =>
      activities.fitModel({ ...run.input, plan: studentPlan(run.config, dataset, teachers, asked) }),
    ({ validation }) => `${percentText(validation.accuracy, 1)} on validation`,
  );
  const measured = await run.step(
    'compare both',
    (activities) => activities.measureCompression({ ...run.input, dataset, teachers, asked, student }),
    ({ validation }) => `the same on ${percentText(validation.agreement, 1)}`,
  );
  const entry = await enterLine(run, { dataset }, student);
  return run.report<DistillReport>({
    summary: summaryOf(measured.test ?? measured.validation),
    dataset,
    teachers: teachers.map(({ reference }) => reference),
    model: student,
    teacherValidation: asked.validation,
    ...measured,
    ...entry,
  });
});

/** Said before the training: a distillation is to make a smaller model. */
function largerText(teachers: readonly OpenedModel[], student: number | undefined): string | undefined {
  const theirs = teachers.reduce((sum, { parameters }) => sum + parameters, 0);
  if (student === undefined || student <= theirs) return undefined;
  return `the student is larger: ${student.toLocaleString('en')} parameters to ${theirs.toLocaleString('en')}`;
}

async function openTeachers(run: MethodRun<DistillConfig>): Promise<OpenedModel[]> {
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
  { responses }: AskedTeachers,
): FitPlan {
  const { alpha, temperature, targets, views, features, from, training, model } = config;
  const teacherOutputs = views === 'same' ? outputOrders(dataset.classes, teachers) : undefined;
  return {
    name: 'student',
    dataset,
    model,
    training: from === 'labels' ? { ...training, unlabelledRatio: 0 } : training,
    objective: { kind: 'distill', alpha, temperature, targets, views, ...(features && { features }) },
    ...(views === 'same' && { teacherKeys: teachers.map(({ modelKey }) => modelKey) }),
    ...(teacherOutputs && { teacherOutputs }),
    ...(responses && { responses }),
    ...(from === 'unlabelled' && { withoutLabelled: true }),
  };
}

function summaryOf({ teacher, student, parameterRatio, speedRatio, agreement }: Compression): string {
  const size =
    parameterRatio >= 1
      ? `${parameterRatio.toFixed(1)} times fewer parameters`
      : `${(1 / parameterRatio).toFixed(1)} times the parameters`;
  return `${percentText(student.accuracy, 1)} after ${percentText(teacher.accuracy, 1)} of the teacher, with ${size} and ${speedRatio.toFixed(1)} times its speed; both say the same of ${percentText(agreement, 1)} of the pictures`;
}
