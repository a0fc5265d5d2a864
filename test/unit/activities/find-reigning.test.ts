import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findReigning } from '../../../activities/find-reigning.js';
import { activityContext } from '../../support/activity-context.js';
import { promoted } from '../../support/promoted.js';
import { twoClasses } from '../../support/two-classes.js';

const { store, config, dataset } = await twoClasses();
const activity = activityContext(store);

test('finds the champion of another run, if it can be compared on these images', async () => {
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
  const find = (runId = 'a') => findReigning({ runId, line: config.name, dataset }, activity);
  const reign = (generation: number, change: object = {}) =>
    promoted(store, { ...model, ...change, generation }, { by: 'gate', reason: 'better' });

  assert.equal(await find(), null, 'there is none yet');
  await reign(1);
  assert.equal(await find(), null, 'its model is gone from the store');
  await store.write(`${model.modelKey}/model.json`, new Uint8Array());
  assert.equal((await find())?.version, 1);
  assert.equal(await find('earlier'), null, 'a run does not compete with itself');
  await reign(2, { runId: 'later', modelKey: 'runs/later/generation-2/model' });
  assert.equal((await find('later'))?.version, 1, 'started again, it finds the one that it has beaten');
  await reign(2, { classes: ['bag', 'shoe'] });
  assert.equal(await find(), null, 'it has other classes');
  await reign(3, { classes: dataset.classes.toReversed() });
  const other = await find();
  assert.deepEqual([other?.version, other?.classes], [4, dataset.classes.toReversed()], 'in another order');
  await reign(4, { image: { ...dataset.image, height: 9 } });
  assert.equal(await find(), null, 'it takes images of another size');
});
