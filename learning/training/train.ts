import { ModelError } from '../../domain/errors.js';
import type { TensorFlow } from '../../engine/tensorflow.js';
import { countByClass, labelsOf } from '../datasets/image-set.js';
import { openTeachers } from '../distillation/teachers.js';
import { buildNetwork } from '../models/network.js';
import { startFrom } from '../models/start.js';
import { batchSource } from './batches/batch-source.js';
import { Learner } from './learner.js';
import { expectTeacherPredictions } from './objectives/expect-teacher-predictions.js';
import { needsFeatures, objectiveOf } from './objectives/objective-of.js';
import type { TrainingHooks, TrainingJob, TrainingOutcome } from './training-job.js';
import { TrainingLoop } from './training-loop.js';

export type {
  SeriesPoint,
  TrainingHooks,
  TrainingJob,
  TrainingOutcome,
  TrainingProgress,
} from './training-job.js';

/**
 * Trains a network on labelled and pseudo-labelled images and returns the averaged weights that were best on
 * validation. A training that resumes from the last saved state ends with the same bits as an uninterrupted one.
 * @throws RangeError when `stopAt` is below 1
 * @throws ModelError when the network is smaller than its teacher, the teachers' predictions have other classes, or the
 *   saved state is of another network
 * @throws TrainingDivergedError when the loss is not finite
 * @throws the signal's reason, after saving, when aborted
 */
export async function train(job: TrainingJob, hooks: TrainingHooks): Promise<TrainingOutcome> {
  const { images, training, seed, generation, stopAt } = job;
  if (stopAt !== undefined && !(Number.isInteger(stopAt) && stopAt >= 1)) {
    throw new RangeError(`stopAt: received ${stopAt}, expected a step from 1`);
  }
  const network = await networkForGeneration(job);
  const features = needsFeatures(job.objective);
  const teachers =
    job.teachers && (await openTeachers(job.teachers, { features, outputs: job.teacherOutputs }));
  const image = images.labelled.shape;
  expectTeacherPredictions({ ...job, image, teachers });
  const labelsPerClass = countByClass(labelsOf(images.labelled), job.classes);
  const objective = objectiveOf(training, job.objective, teachers, {
    counts: { labelsPerClass, unlabelled: images.unlabelled.count },
    weighted: job.pseudoLabels?.weights !== undefined,
  });
  const learner = new Learner(network, image, training, { seed, generation }, { objective });
  try {
    if (learner.parameters < (job.minimumParameters ?? 0)) {
      throw new ModelError(
        `models: generation ${generation} has ${learner.parameters} parameters, expected at least its teacher's ${job.minimumParameters}: make it wider or deeper`,
      );
    }
    const batches = batchSource(job);
    try {
      return await new TrainingLoop(job, hooks, learner, batches).run();
    } finally {
      await batches.dispose();
    }
  } finally {
    learner.dispose();
    teachers?.dispose();
  }
}

/** @throws ModelError when the network, or the model to start from, does not fit the images and classes */
async function networkForGeneration(job: TrainingJob): Promise<TensorFlow.LayersModel> {
  const { images, classes, training, seed, generation, model, start } = job;
  const { dropout, stochasticDepth } = training;
  const image = images.labelled.shape;
  const needs = { image, classes, dropout, stochasticDepth, seed: networkSeed(seed, generation) };
  if (start) return startFrom(start.model, { ...needs, head: start.head });
  if (model) return buildNetwork(model, needs);
  throw new ModelError(
    'model, start: received neither, expected a network to build or a model to start from',
  );
}

/** Each generation has initial weights of its own: a student does not start from its teacher's. */
function networkSeed(seed: number, generation: number): number {
  return seed * 1000 + generation;
}
