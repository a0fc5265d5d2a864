import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PromoteInput, promote } from '../../../activities/promote.js';
import type { DatasetRecord, TrainedModel } from '../../../domain/records.js';
import { writeHashedModel } from '../../../storage/models.js';
import { history } from '../../../storage/registry.js';
import { activityContext } from '../../support/activity-context.js';
import { twoClasses } from '../../support/two-classes.js';

/** The fields of a trained model that these activities read. */
const TRAINED = {
  generation: 0,
  parameters: 1,
  weightsHash: 'h',
  validationPredictionsKey: 'p',
  validation: { accuracy: 0.5 },
};

const { store, config, dataset } = await twoClasses();
const activity = activityContext(store);

test('the log of a line says which champion a model replaced without a comparison, and why', async () => {
  const own = { ...config, name: 'replaced' };
  const enter = async (runId: string, change: Partial<DatasetRecord> = {}, given: object = {}) => {
    const model = { ...TRAINED, modelKey: `runs/${runId}/model` } as unknown as TrainedModel;
    const input = { runId, config: own, dataset: { ...dataset, ...change }, model, by: 'gate', ...given };
    await promote(input, activity);
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
  const uncompared = await enter('fifth', wide, { config: { ...own, gate } });
  assert.equal(uncompared, 'replaces replaced@4 without comparison (gate.reigning: replace)');
  assert.equal(await enter('sixth', {}, { reason: 'better' }), 'better');
});

test('a model has to be compared with the present champion, unless they can’t be compared or a person decides', async () => {
  const own = { ...config, name: 'raced' };
  const enter = async (
    runId: string,
    comparedVersion?: number | null,
    change: Partial<DatasetRecord> = {},
  ) => {
    const modelKey = `runs/${runId}/model`;
    await store.write(`${modelKey}/model.json`, new Uint8Array());
    const model = { ...TRAINED, modelKey } as unknown as TrainedModel;
    const compared = comparedVersion === undefined ? {} : { comparedVersion };
    const input = { runId, config: own, dataset: { ...dataset, ...change }, model, by: 'gate', ...compared };
    const entered = await promote(input, activity);
    return 'version' in entered ? entered.version : entered;
  };
  assert.equal(await enter('first', null), 1);
  assert.deepEqual(await enter('second', null), { supersededBy: 1 }, 'both found an empty line');
  assert.equal(await enter('second', 1), 2);
  assert.deepEqual(await enter('third', 1), { supersededBy: 2 }, 'it was compared with the one before');
  assert.equal(await enter('first', null), 1, 'promoted again, it keeps its version');
  assert.equal(await enter('other', null, { classes: ['bag', 'shoe'] }), 3, 'this one can’t be compared');
  assert.equal(await enter('third', 1), 4, 'nor can this one');
  assert.equal(await enter('fourth'), 5, 'a person decided');
  assert.equal((await history(store, 'raced')).length, 5);
});

test('the log names the origin of a copy; a copy of the champion gets no version', async () => {
  const own = { ...config, name: 'copied' };
  const enter = async (runId: string, generation: number, from?: object) => {
    const modelKey = `runs/${runId}/generation-${generation}/model`;
    const model = { ...TRAINED, generation, modelKey } as unknown as TrainedModel;
    const input = { runId, config: own, dataset, model, by: 'gate', ...(from && { from }) };
    const entered = await promote(input as PromoteInput, activity);
    return 'version' in entered && entered.version;
  };
  const elsewhere = { name: 'shoes@1', modelKey: 'runs/shoes/student/model' };
  assert.equal(await enter('a', 0, elsewhere), 1);
  assert.equal((await history(store, 'copied'))[0]?.reason, 'first of the line; a copy of shoes@1');
  const champion = { name: 'copied@1', modelKey: 'runs/a/generation-0/model' };
  assert.equal(await enter('b', 0, champion), 1);
  assert.equal(await enter('b', 1), 2);
  assert.equal(await enter('b', 0, champion), 1, 'the run is started again');
  assert.equal((await history(store, 'copied')).length, 2);
  assert.equal(await enter('c', 0, champion), 3, 'an earlier version may become the champion again');
  assert.equal(await enter('c', 0, champion), 3, 'also if its run is started again');
});

test('a model whose files were changed does not become a champion', async () => {
  const own = { ...config, name: 'damaged' };
  const weights = Float32Array.of(1, 2, 3, 4);
  const { modelKey } = await writeHashedModel(
    store,
    'runs/a/student/model',
    {
      topology: { class_name: 'Model', config: { layers: [] } },
      weightSpecs: [{ name: 'dense/kernel', shape: [2, 2], dtype: 'float32' }],
      weights: new Uint8Array(weights.buffer),
    },
    {
      runId: 'a',
      generation: 1,
      classes: dataset.classes,
      image: dataset.image,
      fit: 'cover',
      temperature: 1,
    },
  );
  const model = { ...TRAINED, modelKey } as unknown as TrainedModel;
  const enter = () => promote({ runId: 'a', config: own, dataset, model, by: 'gate' }, activity);
  await store.write(`${modelKey}/weights.bin`, new Uint8Array(16));
  await assert.rejects(enter(), { name: 'CorruptArtifactError', message: /weights\.bin/ });
  assert.deepEqual(await history(store, 'damaged'), []);
  await store.write(`${modelKey}/weights.bin`, new Uint8Array(weights.buffer));
  assert.ok('version' in (await enter()));
});
