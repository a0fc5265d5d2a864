import { outputOrders } from '../../domain/class-order.js';
import type { DistillConfig } from '../../domain/config/methods/distill.js';
import { DataError } from '../../domain/errors.js';
import { expectTeacher } from '../../domain/expect-same-task.js';
import type { RecordedResponses } from '../../domain/fit-plan.js';
import type { DatasetRecord } from '../../domain/records.js';
import { type ImageSet, labelsOf } from '../../learning/datasets/image-set.js';
import { openDataset } from '../../learning/datasets/open.js';
import { recordResponses } from '../../learning/distillation/record-responses.js';
import { evaluate } from '../../learning/evaluation/evaluate.js';
import { countParameters } from '../../learning/models/count-parameters.js';
import { networkQuestions } from '../../learning/models/network-questions.js';
import { writeFloats } from '../../storage/floats.js';
import { modelKeys } from '../../storage/keys.js';
import { readModel } from '../../storage/models.js';
import { writeEvaluation } from '../../storage/runs.js';
import type { RunningStep } from '../step-context.js';
import { toldProgress } from '../told-progress.js';
import type { AskedTeachers, AskTeachersInput } from './distill-contract.js';
import { type Answered, imagesAsked, splitsAsked } from './images-asked.js';

function expectImages(config: DistillConfig, { counts }: DatasetRecord): void {
  if (config.from === 'labels' || counts.unlabelled > 0) return;
  throw new DataError(
    `data.unlabelled: received no images, expected some to learn on (from: ${config.from}): give data.unlabelled, or data.labelsPerClass so that other labelled images lose their labels, or set from to labels`,
  );
}

/** Before any work. */
async function parametersOfStudent(config: DistillConfig, dataset: DatasetRecord): Promise<number> {
  const [parameters] = await countParameters(networkQuestions(config, dataset));
  return parameters!;
}

/**
 * What the teachers, together, say of the images, and what that is worth. Their answers are in the data's order of the
 * classes, which the student learns, whatever their own is.
 * @throws ModelError when a teacher has other classes than the data, or some that don't compete, or takes other pictures
 * @throws ModelError when the student's network can't be built
 * @throws DataError when there are no unlabelled images to learn on
 */
export async function askTeachers(
  { runId, config, dataset, teachers }: AskTeachersInput,
  step: RunningStep,
): Promise<AskedTeachers> {
  const { store, signal } = step;
  for (const [index, teacher] of teachers.entries()) expectTeacher(`teachers[${index}]`, teacher, dataset);
  expectImages(config, dataset);
  const studentParameters = await parametersOfStudent(config, dataset);
  const { measured, recorded, all } = splitsAsked(config, dataset);
  const { onShard, onProgress, endPart } = toldProgress(step, { total: imagesAsked(config, dataset) });
  const images = await openDataset(dataset, store, {
    lookedAt: (positions) => all.map((split) => positions[split]),
    onShard,
  });
  const models = await Promise.all(teachers.map(({ modelKey }) => readModel(store, modelKey)));
  const outputs = outputOrders(dataset.classes, teachers);
  const ask = async (of: ImageSet, how: { temperature: number; targets?: 'soft' | 'hard' }) => {
    const { responses } = await recordResponses({ models, outputs, images: of, signal, onProgress, ...how });
    endPart(of.count);
    return responses;
  };

  const keys = modelKeys(runId, 'teachers');
  const classes = dataset.classes.length;
  const predictionKeys: Partial<Record<'validation' | 'test', string>> = {};
  let validation: AskedTeachers['validation'] | undefined;
  for (const split of measured) {
    const predictions = await ask(images[split], { temperature: 1 });
    predictionKeys[split] = keys.predictions(split);
    await writeFloats(store, keys.predictions(split), predictions);
    const full = evaluate(predictions, labelsOf(images[split]), classes);
    const evaluation = await writeEvaluation(store, keys.evaluation(split), full);
    if (split === 'validation') validation = evaluation;
  }
  const record = async (part: Answered) => {
    const key = keys.responses(part);
    await writeFloats(store, key, await ask(images[part], config));
    return key;
  };
  let responses: RecordedResponses | undefined;
  if (recorded.length > 0) {
    responses = {
      width: classes,
      ...(recorded.includes('labelled') && { labelledKey: await record('labelled') }),
      ...(recorded.includes('unlabelled') && { unlabelledKey: await record('unlabelled') }),
    };
  }
  return { predictionKeys, validation: validation!, studentParameters, ...(responses && { responses }) };
}
