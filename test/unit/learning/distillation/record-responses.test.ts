import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ModelError } from '../../../../domain/errors.js';
import type { StoredModel } from '../../../../domain/stored-model.js';
import { recordResponses } from '../../../../learning/distillation/record-responses.js';
import { predict } from '../../../../learning/models/predict.js';
import { reordered } from '../../../../learning/models/reordered.js';
import { residualNetwork } from '../../../../learning/models/residual.js';
import { storeModel } from '../../../../learning/models/serialisation.js';
import { imagesOf } from '../../../support/images.js';

const IMAGES = imagesOf([0, 60, 120, 180, 240], [0, 0, 0, 0, 0]);
const ALL = { images: IMAGES, first: 0, count: IMAGES.count };

async function modelOf(seed: number, classes = 3, side = 8): Promise<StoredModel> {
  const spec = { kind: 'residual', width: 4, blocksPerStage: 1, stages: 1, stem: 'auto' } as const;
  const image = { height: side, width: side, channels: 1 } as const;
  const network = residualNetwork(spec, { image, classes, dropout: 0.5, stochasticDepth: 0.5, seed });
  const stored = await storeModel(network);
  network.dispose();
  return stored;
}

/** p^(1/T), normalised: the same as softmax(logits / T). */
function softened(probabilities: Float32Array, classes: number, temperature: number): number[] {
  const powers = [...probabilities].map((probability) => probability ** (1 / temperature));
  return powers.map((power, index) => {
    const row = Math.floor(index / classes) * classes;
    return power / powers.slice(row, row + classes).reduce((sum, value) => sum + value, 0);
  });
}

function assertNear(received: Float32Array, expected: readonly number[]): void {
  assert.equal(received.length, expected.length);
  received.forEach((value, index) => {
    assert(Math.abs(value - expected[index]!) < 1e-5, `${index}: ${value}, expected ${expected[index]}`);
  });
}

test('a teacher predicts at a temperature, without noise', async () => {
  const model = await modelOf(1);
  const { responses, width } = await recordResponses({ ...ALL, models: [model], temperature: 4 });
  assert.equal(width, 3);
  assertNear(responses, softened(await predict({ ...ALL, model }), 3, 4));
});

test('responses come in the wanted order of the classes', async () => {
  const model = await modelOf(1);
  const own = await predict({ ...ALL, model });
  const { responses } = await recordResponses({
    ...ALL,
    models: [model],
    outputs: [[1, 2, 0]],
    temperature: 1,
  });
  const expected = [...own].map((_, index) => own[index - (index % 3) + [1, 2, 0][index % 3]!]!);
  assertNear(responses, expected);
  assert.deepEqual([...reordered(own, [1, 2, 0])], expected);
});

test('outputs that do not have each output of a teacher once are refused', async () => {
  const models = [await modelOf(1)];
  for (const outputs of [[[0, 1]], [[0, 1, 1]], [[0, 1, 3]], []]) {
    await assert.rejects(
      recordResponses({ ...ALL, models, outputs, temperature: 1 }),
      /outputs\[0\]: received \[.*\], expected each of 0 to 2 once/,
    );
  }
});

test('several teachers give the mean of their softened probabilities; hard responses are one-hot', async () => {
  const models = [await modelOf(1), await modelOf(2)];
  const each = await Promise.all(
    models.map(async (model) => softened(await predict({ ...ALL, model }), 3, 2)),
  );
  const mean = each[0]!.map((value, index) => (value + each[1]![index]!) / 2);
  const { responses } = await recordResponses({ ...ALL, models, temperature: 2 });
  assertNear(responses, mean);
  const hard = await recordResponses({ ...ALL, models, temperature: 2, targets: 'hard' });
  for (let row = 0; row < ALL.count; row++) {
    const response = [...hard.responses.subarray(row * 3, row * 3 + 3)];
    const soft = mean.slice(row * 3, row * 3 + 3);
    assert.deepEqual(
      response,
      soft.map((value) => (value === Math.max(...soft) ? 1 : 0)),
    );
  }
});

test('teachers that differ in classes or input, or no teachers, are refused', async () => {
  const refused = (models: StoredModel[], message: RegExp) =>
    assert.rejects(recordResponses({ ...ALL, models, temperature: 1 }), (error: Error) => {
      assert(error instanceof ModelError);
      assert.match(error.message, message);
      return true;
    });
  await refused([], /teachers: received none/);
  await refused([await modelOf(1), await modelOf(2, 4)], /teachers\[1\]: received 4 classes, expected 3/);
  await refused([await modelOf(1), await modelOf(2, 3, 16)], /teachers\[1\]: received an input of/);
});

test('a temperature of 0 is refused before any model is opened', async () => {
  for (const temperature of [0, -1, Number.NaN]) {
    await assert.rejects(
      recordResponses({ ...ALL, models: [], temperature }),
      /^RangeError: temperature: received .*, expected a number above 0$/,
    );
  }
});
