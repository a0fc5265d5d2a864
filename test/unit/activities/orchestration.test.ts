import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Contestant, OrchestrationActivities } from '../../../activities/contract.js';
import { orchestrationActivities } from '../../../activities/orchestration.js';
import type { ArtifactStore } from '../../../domain/artifact-store.js';
import { type SelfTrainingConfig, selfTrainingConfig } from '../../../domain/methods/self-training.js';
import { ConfigurationError, CorruptArtifactError, DataError } from '../../../domain/errors.js';
import { appendNewClasses } from '../../../domain/extended-classes.js';
import type { DatasetRecord, TrainedModel } from '../../../domain/records.js';
import { openDataset } from '../../../learning/datasets/open.js';
import { openLabels } from '../../../learning/datasets/open-labels.js';
import { prepareDataset } from '../../../learning/datasets/prepare.js';
import { unpackPseudoLabels } from '../../../learning/pseudo-labels/pack.js';
import { writeFloats } from '../../../storage/floats.js';
import { generationKeys } from '../../../storage/keys.js';
import { openStore } from '../../../storage/open-store.js';
import { history } from '../../../storage/registry.js';
import { promoted } from '../../support/promoted.js';

const SIDE = 8;
const PER_CLASS = 6;

/** What a step needs to know of a model. */
const TRAINED = {
  generation: 0,
  parameters: 1,
  weightsHash: 'h',
  validationPredictionsKey: 'p',
  validation: { accuracy: 0.5 },
};

let folder: string;
let store: ArtifactStore;
let config: SelfTrainingConfig;
let dataset: DatasetRecord;
let orchestration: OrchestrationActivities;

/** MNIST's format: big-endian sizes, then bytes. */
function idx(sizes: readonly number[], bytes: Uint8Array): Uint8Array {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.writeUInt16BE(0x0800 + sizes.length, 2);
  sizes.forEach((size, axis) => {
    header.writeUInt32BE(size, 4 + 4 * axis);
  });
  return Buffer.concat([header, bytes]);
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apprentice-orchestration-'));
  store = openStore(join(folder, 'store'));
  orchestration = orchestrationActivities(store);
  const count = 2 * PER_CLASS;
  const pixels = Uint8Array.from(
    { length: count * SIDE * SIDE },
    (_, index) => Math.floor(index / (SIDE * SIDE)) * 9,
  );
  const images = join(folder, 'images');
  const labels = join(folder, 'labels');
  await writeFile(images, idx([count, SIDE, SIDE], pixels));
  await writeFile(
    labels,
    idx(
      [count],
      Uint8Array.from({ length: count }, (_, index) => index % 2),
    ),
  );
  config = selfTrainingConfig.parse({
    name: 'two',
    data: {
      labelled: { format: 'idx', images, labels, classes: ['bag', 'シャツ'] },
      labelsPerClass: 2,
      validationPerClass: 2,
    },
  });
  dataset = await prepareDataset({
    data: config.data,
    seed: 0,
    store,
    keys: { split: 'runs/a/split', rejected: 'runs/a/rejected' },
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
});
after(() => rm(folder, { recursive: true, force: true }));

async function shard(first: number, probabilities: number[]) {
  const key = `runs/a/generation-1/pseudo-labels/shard-${first}`;
  await writeFloats(store, key, Float32Array.from(probabilities));
  return { key, first, images: probabilities.length / 2 };
}

const select = (shards: Array<Awaited<ReturnType<typeof shard>>>, pseudoLabels = {}) => {
  const own = { ...config, pseudoLabels: { ...config.pseudoLabels, ...pseudoLabels } };
  return orchestration.selectPseudoLabels({ runId: 'a', config: own, dataset, generation: 1, shards });
};

test('labels alone are the labels of the whole data set', async () => {
  const labels = await openLabels(dataset, store);
  const images = await openDataset(dataset, store);
  for (const split of ['labelled', 'validation'] as const) {
    assert.deepEqual(
      [...labels[split]],
      Array.from({ length: images[split].count }, (_, position) => images[split].label(position)),
    );
  }
  assert.deepEqual([...labels.labelled].sort(), [0, 0, 1, 1]);
});

test('shards are joined by position, in whatever order they come', async () => {
  assert.equal(dataset.counts.unlabelled, 4);
  const shards = [await shard(2, [0.2, 0.8, 0.4, 0.6]), await shard(0, [0.9, 0.1, 0.7, 0.3])];
  const record = await select(shards, { perClass: 1 });
  const { positions, targets } = unpackPseudoLabels(await store.read(record.key));
  assert.deepEqual([...positions], [0, 2]);
  assert.deepEqual([...targets], [...Float32Array.of(0.9, 0.1, 0.2, 0.8)]);
  const counts = await store.read(generationKeys('a', 1).pseudoLabelCounts);
  assert.deepEqual(JSON.parse(Buffer.from(counts).toString()), record.byClass);
});

test('a missing, repeated or cut shard is refused', async () => {
  const first = await shard(0, [0.9, 0.1, 0.7, 0.3]);
  const last = await shard(2, [0.2, 0.8, 0.4, 0.6]);
  await assert.rejects(select([first]), DataError);
  await assert.rejects(select([last]), DataError);
  await assert.rejects(select([first, first, last]), DataError);
  await store.write(last.key, new Uint8Array(12));
  await assert.rejects(select([first, last]), CorruptArtifactError);
});

test('where no image is kept there is nothing to train a student on', async () => {
  const shards = [await shard(0, [0.6, 0.4, 0.5, 0.5]), await shard(2, [0.4, 0.6, 0.5, 0.5])];
  await assert.rejects(select(shards, { threshold: 0.9, missingClass: 'warn' }), (error: Error) => {
    return error instanceof DataError && error.message.includes('pseudoLabels.threshold (now 0.9)');
  });
});

test('the champion of an earlier run is to be beaten where it can be asked about these images', async () => {
  const model = {
    line: 'two',
    modelKey: 'runs/earlier/generation-1/model',
    runId: 'earlier',
    generation: 1,
    validationAccuracy: 0.9,
    parameters: 1,
    datasetHash: 'h',
    classes: dataset.classes,
    image: dataset.image,
  };
  const find = (runId = 'a') => orchestration.findReigning({ runId, config, dataset });
  const reign = (generation: number, change: object = {}) =>
    promoted(store, { ...model, ...change, generation }, { by: 'gate', reason: 'better' });

  assert.equal(await find(), null, 'there is none yet');
  await reign(1);
  assert.equal(await find(), null, 'its model is gone from the store');
  await store.write(`${model.modelKey}/model.json`, new Uint8Array());
  assert.equal((await find())?.version, 1);
  assert.equal(await find('earlier'), null, 'a run does not compete with itself');
  await reign(2, { runId: 'later', modelKey: 'runs/later/generation-2/model' });
  assert.equal((await find('later'))?.version, 1, 'begun anew it meets the one that it has beaten');
  await reign(2, { classes: ['bag', 'shoe'] });
  assert.equal(await find(), null, 'it knows other classes');
  await reign(3, { classes: dataset.classes.toReversed() });
  const other = await find();
  assert.deepEqual([other?.version, other?.classes], [4, dataset.classes.toReversed()], 'in another order');
  await reign(4, { image: { ...dataset.image, height: 9 } });
  assert.equal(await find(), null, 'it takes images of another size');
});

test('the log of a line says what a model has replaced that was compared with nothing', async () => {
  const own = { ...config, name: 'replaced' };
  const enter = async (runId: string, change: Partial<DatasetRecord> = {}, given: object = {}) => {
    const model = { ...TRAINED, modelKey: `runs/${runId}/model` } as unknown as TrainedModel;
    const input = { runId, config: own, dataset: { ...dataset, ...change }, model, by: 'gate', ...given };
    await orchestration.promote(input);
    return (await history(store, 'replaced')).at(-1)?.reason;
  };
  await store.write('runs/second/model/model.json', new Uint8Array());
  assert.equal(await enter('first'), 'first of the line');
  assert.equal(await enter('second'), 'replaces replaced@1, which is no longer in the store');
  assert.equal(
    await enter('third', { classes: ['bag', 'shoe'] }),
    'replaces replaced@2, which has other classes',
  );
  await store.write('runs/third/model/model.json', new Uint8Array());
  const wide = { classes: ['bag', 'shoe'], image: { ...dataset.image, width: 9 } };
  assert.match(
    String(await enter('fourth', wide)),
    /^replaces replaced@3, which takes pictures of another size/,
  );
  await store.write('runs/fourth/model/model.json', new Uint8Array());
  const gate = { ...config.gate, reigning: 'replace' as const };
  const unasked = await enter('fifth', wide, { config: { ...own, gate } });
  assert.equal(unasked, 'replaces replaced@4 without comparison (gate.reigning: replace)');
  assert.equal(await enter('sixth', {}, { reason: 'better' }), 'better');
});

test('a champion that a model has not met is met first, unless it need not be', async () => {
  const own = { ...config, name: 'raced' };
  const enter = async (runId: string, met?: number | null, change: Partial<DatasetRecord> = {}) => {
    const modelKey = `runs/${runId}/model`;
    await store.write(`${modelKey}/model.json`, new Uint8Array());
    const model = { ...TRAINED, modelKey } as unknown as TrainedModel;
    const compared = met === undefined ? {} : { met };
    const input = { runId, config: own, dataset: { ...dataset, ...change }, model, by: 'gate', ...compared };
    const entered = await orchestration.promote(input);
    return 'version' in entered ? entered.version : entered;
  };
  assert.equal(await enter('first', null), 1);
  assert.deepEqual(await enter('second', null), { supersededBy: 1 }, 'both found an empty line');
  assert.equal(await enter('second', 1), 2);
  assert.deepEqual(await enter('third', 1), { supersededBy: 2 }, 'it was compared with the one before');
  assert.equal(await enter('first', null), 1, 'asked again, it answers what it did');
  assert.equal(await enter('other', null, { classes: ['bag', 'shoe'] }), 3, 'that one can not be compared');
  assert.equal(await enter('third', 1), 4, 'nor that one');
  assert.equal(await enter('fourth'), 5, 'somebody says so');
  assert.equal((await history(store, 'raced')).length, 5);
});

test('a copy of a registered model says where it is from; of the very champion it is no version of its own', async () => {
  const own = { ...config, name: 'copied' };
  const enter = async (runId: string, generation: number, from?: object) => {
    const modelKey = `runs/${runId}/generation-${generation}/model`;
    const model = { ...TRAINED, generation, modelKey } as unknown as TrainedModel;
    const input = { runId, config: own, dataset, model, by: 'gate', ...(from && { from }) };
    const entered = await orchestration.promote(input as Parameters<typeof orchestration.promote>[0]);
    return 'version' in entered && entered.version;
  };
  const elsewhere = { name: 'shoes@1', modelKey: 'runs/shoes/student/model' };
  assert.equal(await enter('a', 0, elsewhere), 1);
  assert.equal((await history(store, 'copied'))[0]?.reason, 'first of the line; a copy of shoes@1');
  const champion = { name: 'copied@1', modelKey: 'runs/a/generation-0/model' };
  assert.equal(await enter('b', 0, champion), 1);
  assert.equal(await enter('b', 1), 2);
  assert.equal(await enter('b', 0, champion), 1, 'the run is begun anew');
  assert.equal((await history(store, 'copied')).length, 2);
  assert.equal(await enter('c', 0, champion), 3, 'an earlier version may become the champion again');
  assert.equal(await enter('c', 0, champion), 3, 'also where its run is begun anew');
});

test('the verdict is of the stored predictions', async () => {
  const { validation } = await openLabels(dataset, store);
  const right = [...validation].flatMap((label) => (label === 0 ? [0.9, 0.1] : [0.1, 0.9]));
  const model = async (name: string, generation: number, probabilities: number[]): Promise<TrainedModel> => {
    await writeFloats(store, name, Float32Array.from(probabilities));
    const known = {
      modelKey: 'm',
      generation,
      parameters: 1,
      weightsHash: 'h',
      validationPredictionsKey: name,
    };
    return known as unknown as TrainedModel;
  };
  const champion = await model(
    'champion',
    0,
    right.map((probability) => 1 - probability),
  );
  const challenger = await model('challenger', 1, right);
  const verdict = await orchestration.judge({ runId: 'a', config, dataset, champion, challenger });
  assert.deepEqual([verdict.passes, verdict.championAccuracy, verdict.challengerAccuracy], [true, 0, 1]);
  const cut = await model('cut', 1, right.slice(2));
  await assert.rejects(
    orchestration.judge({ runId: 'a', config, dataset, champion, challenger: cut }),
    CorruptArtifactError,
  );
});

/** What a model of the classes bag, シャツ and two more says of both validations, image after image. */
async function says(name: string, answers: readonly number[]): Promise<Contestant> {
  const key = `answers/${name}`;
  const rows = answers.flatMap((answer) => [0, 1, 2, 3].map((label) => (label === answer ? 0.7 : 0.1)));
  await writeFloats(store, key, Float32Array.from(rows));
  return { validationPredictionsKey: key };
}

test('a model of more classes is judged by the classes as it numbers them, on both tasks where that can be', async () => {
  const extended = appendNewClasses(dataset, ['boot', 'coat']);
  const old = { ...dataset, classes: extended.classes, classNumbers: [0, 1] };
  const { validation: labels } = await openLabels(extended, store);
  assert.deepEqual([...labels].sort(), [2, 2, 3, 3]);
  const oldLabels = [...labels].map((label) => label - 2);
  const step = { runId: 'a', config, dataset: extended };

  const both = await orchestration.judge({
    ...step,
    more: old,
    champion: await says('remembers', [...labels.subarray(0, 3), 0, ...oldLabels]),
    challenger: await says('forgets', [...labels, ...labels]),
  });
  assert.deepEqual([both.images, both.passes], [8, false]);
  assert.deepEqual([both.championAccuracy, both.challengerAccuracy], [7 / 8, 4 / 8]);
});

test('where old classes have no images, forgetting them wins nothing', async () => {
  const extended = appendNewClasses(dataset, ['boot', 'coat']);
  const { validation: labels } = await openLabels(extended, store);
  const rows = [...labels].flatMap((label) => [0.6, 0, ...(label === 2 ? [0.3, 0.1] : [0.1, 0.3])]);
  await writeFloats(store, 'answers/thinks-of-old-ones', Float32Array.from(rows));
  const verdict = await orchestration.judge({
    runId: 'a',
    config,
    dataset: extended,
    unseenClasses: 2,
    champion: { validationPredictionsKey: 'answers/thinks-of-old-ones' },
    challenger: await says('forgets-all', [...labels]),
  });
  assert.deepEqual([verdict.passes, verdict.championAccuracy, verdict.challengerAccuracy], [false, 1, 1]);
  assert.match(
    verdict.reason,
    /among the 2 new classes alone: what is left of the old ones was not looked at/,
  );
});

test('an input that is none is refused', async () => {
  await assert.rejects(orchestration.promote({ runId: 'a', config, dataset } as never), ConfigurationError);
});
