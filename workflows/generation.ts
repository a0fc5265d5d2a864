import {
  CancellationScope,
  defineSignal,
  getExternalWorkflowHandle,
  workflowInfo,
} from '@temporalio/workflow';
import type { OpenedModel } from '../domain/methods.js';
import {
  ADVANCED_SIGNAL,
  type GenerationAdvance,
  type GenerationInput,
  type GenerationOutcome,
} from '../domain/protocol.js';
import type { PseudoLabelRecord, PseudoLabelShard, TrainedModel } from '../domain/records.js';
import { BY_IMAGE, stepsOf } from './activities.js';
import { inLanes } from './lanes.js';
import { listenToPause, type Pause } from './pause.js';
import { lanesFor, shardsOf, shouldTell } from './shards.js';

export const advancedSignal = defineSignal<[GenerationAdvance]>(ADVANCED_SIGNAL);

/**
 * One generation. The first trains the teacher on labelled images, unless that is there already; in each later one the teacher labels the
 * unlabelled images, a student of at least its size learns from both under noise, and the two are compared.
 */
export async function generation(input: GenerationInput): Promise<GenerationOutcome> {
  const { runId, config, dataset, generation, teacher, champion } = input;
  const step = { runId, config, dataset, generation };
  const { training, orchestration } = stepsOf(config);
  const pause = listenToPause(input.paused);

  if (input.from) return adopt(input, input.from, pause);
  if (!teacher || !champion) {
    await tellRun({ generation, status: 'training' });
    const model = await pause.interruptible(() => training('train the teacher').trainModel(step));
    return { model };
  }

  const pseudoLabels = await pseudoLabel(input, teacher, pause);
  await tellRun({ generation, status: 'training', pseudoLabels });
  const model = await pause.interruptible(() =>
    training(`train student ${generation}`).trainModel({ ...step, pseudoLabels, teacher }),
  );
  await tellRun({ generation, status: 'judging', pseudoLabels, model });
  const comparing = `compare student ${generation} with generation ${champion.generation}`;
  const verdict = await orchestration(comparing, BY_IMAGE).judge({ ...step, champion, challenger: model });
  return { model, pseudoLabels, verdict };
}

/** A model that is there already is the teacher as it is. */
async function adopt(
  { runId, config, dataset, generation }: GenerationInput,
  from: OpenedModel,
  pause: Pause,
): Promise<GenerationOutcome> {
  const { reference, name, modelKey, weightsHash } = from;
  const step = { runId, config, dataset, generation, from };
  const { training } = stepsOf(config);
  const model = await pause.interruptible(() => training(`measure ${name}`).adoptTeacher(step));
  return { model, from: { reference, name, modelKey, weightsHash } };
}

/** The teacher's predictions for all unlabelled images, shard by shard in parallel, then selected and balanced. */
async function pseudoLabel(
  { runId, config, dataset, generation }: GenerationInput,
  { modelKey }: TrainedModel,
  pause: Pause,
): Promise<PseudoLabelRecord> {
  const { splitKey, contentHash } = dataset;
  const step = { runId, config, generation };
  const looked = { dataset: { splitKey, contentHash }, teacher: { modelKey } };
  const { training, orchestration } = stepsOf(config);
  const ranges = shardsOf(dataset.counts.unlabelled, config.pseudoLabels.shardSize);
  let done = 0;
  const tellShards = () =>
    tellRun({ generation, status: 'pseudo-labelling', shards: { done, of: ranges.length } });

  await tellShards();
  const shards: PseudoLabelShard[] = [];
  await untilOneFails((fail) =>
    inLanes([...ranges.entries()], lanesFor(ranges), async ([place, { first, images }]) => {
      const labelling = pause.interruptible(() =>
        training(`label images ${first} to ${first + images - 1}`).pseudoLabelShard({
          ...step,
          ...looked,
          first,
          images,
        }),
      );
      shards[place] = await labelling.catch(fail);
      if (shouldTell(++done, ranges.length)) await tellShards();
    }),
  );
  return orchestration(`select pseudo-labels of ${shards.length} shards`, BY_IMAGE).selectPseudoLabels({
    ...step,
    dataset,
    shards,
  });
}

/** Work whose parts call off the others where one of them fails: also those that wait for a pause to end. */
function untilOneFails(work: (fail: (error: unknown) => never) => Promise<void>): Promise<void> {
  const scope = new CancellationScope();
  return scope.run(() =>
    work((error) => {
      scope.cancel();
      throw error;
    }),
  );
}

async function tellRun(advance: GenerationAdvance): Promise<void> {
  const run = workflowInfo().parent;
  if (run) await getExternalWorkflowHandle(run.workflowId).signal(advancedSignal, advance);
}
