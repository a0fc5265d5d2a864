import { CancellationScope, getExternalWorkflowHandle, workflowInfo } from '@temporalio/workflow';
import { networkForGeneration } from '../../../domain/config/trained-networks.js';
import { trainingForGeneration } from '../../../domain/config/training-for-generation.js';
import {
  type GenerationAdvance,
  type GenerationInput,
  type GenerationOutcome,
  generationFolder,
  generationName,
} from '../../../domain/methods/self-training.js';
import { runIdOf } from '../../../domain/protocol.js';
import type { PseudoLabelRecord, PseudoLabelShard } from '../../../domain/pseudo-labels.js';
import type { OpenedModel, TrainedModel } from '../../../domain/records.js';
import type { TrainingPlan } from '../../../domain/training-plan.js';
import { type ActivityCalls, activityCalls, BY_IMAGE } from '../../activity-calls.js';
import { AT_ONCE, inLanes } from '../../lanes.js';
import { listenToPause } from '../../pause.js';
import { advancedSignal } from './generations.js';
import { shardsOf, shouldReport } from './shards.js';

export const GENERATION_WORKFLOW = 'generation';

/**
 * Runs one generation. The first trains the teacher on labelled images or adopts an existing model. In each later one
 * the champion labels the unlabelled images, a student of at least its size learns from both with noise, and the two
 * are compared.
 */
export async function generation(input: GenerationInput): Promise<GenerationOutcome> {
  const { runId, config, dataset, generation, champion } = input;
  const calls = activityCalls(config, listenToPause(input.paused));
  if (input.from) return adopt(input, input.from, calls);

  const pseudoLabels = champion && (await pseudoLabel(input, champion, calls));
  const labels = pseudoLabels && { pseudoLabels };
  await reportToRun({ generation, part: 'training', ...labels });
  const plan = planOf(input, pseudoLabels);
  const model = await calls
    .trainer(`train ${generationName(generation)}`)
    .trainModel({ runId, seed: config.seed, plan });
  if (!champion) return { model };
  await reportToRun({ generation, part: 'gate', ...labels, model });
  const verdict = await calls
    .orchestrator(`compare with ${generationName(champion.generation)}`, BY_IMAGE)
    .judge({ runId, config, dataset, champion, challenger: model });
  return { model, ...labels, verdict };
}

async function adopt(
  { runId, dataset, generation }: GenerationInput,
  from: OpenedModel,
  { trainer }: ActivityCalls,
): Promise<GenerationOutcome> {
  const { reference, name, modelKey, weightsHash } = from;
  await reportToRun({ generation, part: 'gate' });
  const model = await trainer(`measure ${name}`).adoptTeacher({ runId, dataset, from });
  return { model, from: { reference, name, modelKey, weightsHash } };
}

/** Predicts all unlabelled images with the champion, in parallel shards, then selects and balances the labels. */
async function pseudoLabel(
  { runId, config, dataset, generation }: GenerationInput,
  { modelKey }: TrainedModel,
  { trainer }: ActivityCalls,
): Promise<PseudoLabelRecord> {
  const { splitKey, contentHash, counts } = dataset;
  const run = { runId, config, generation };
  const references = { dataset: { splitKey, contentHash }, teacher: { modelKey } };
  const ranges = shardsOf(counts.unlabelled, config.pseudoLabels.shardSize);
  let done = 0;
  const reportShards = () =>
    reportToRun({ generation, part: 'pseudo-labels', shards: { done, of: ranges.length } });

  await reportShards();
  const shards: PseudoLabelShard[] = [];
  await untilOneFails((fail) =>
    inLanes([...ranges.entries()], AT_ONCE, async ([place, { first, images }]) => {
      const labelling = trainer(`label images ${first} to ${first + images - 1}`).pseudoLabelShard({
        ...run,
        ...references,
        first,
        images,
      });
      shards[place] = await labelling.catch(fail);
      if (shouldReport(++done, ranges.length)) await reportShards();
    }),
  );
  const selecting = `select pseudo-labels of ${shards.length} shards`;
  return trainer(selecting).selectPseudoLabels({ ...run, dataset, shards });
}

function planOf(
  { config, dataset, generation, champion }: GenerationInput,
  pseudoLabels: PseudoLabelRecord | undefined,
): TrainingPlan {
  return {
    name: generationFolder(generation),
    dataset,
    start: networkForGeneration(config, generation).spec,
    training: trainingForGeneration(config, generation),
    generation,
    ...(pseudoLabels && { pseudoLabels: { key: pseudoLabels.key, hash: pseudoLabels.hash } }),
    ...(champion && { minimumParameters: champion.parameters }),
  };
}

/** Cancels all parts of the work when one fails, including parts that wait for a pause to end. */
function untilOneFails(work: (fail: (error: unknown) => never) => Promise<void>): Promise<void> {
  const scope = new CancellationScope();
  return scope.run(() =>
    work((error) => {
      scope.cancel();
      throw error;
    }),
  );
}

async function reportToRun(advance: GenerationAdvance): Promise<void> {
  const run = getExternalWorkflowHandle(runIdOf(workflowInfo().workflowId));
  await run.signal(advancedSignal, advance);
}
