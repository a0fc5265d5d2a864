import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { numberText, planItems } from '../../../../cli/augment/plan-text.js';
import { operationsOf, policyOfOptions } from '../../../../cli/augment/policy-options.js';
import { magnitudesOf, showcase } from '../../../../cli/augment/showcase.js';
import { readPlans } from '../../../../cli/augment/stored-plans.js';
import { ConfigurationError } from '../../../../domain/errors.js';
import { keyedRandom } from '../../../../domain/random.js';
import { picture } from '../../../../learning/augmentation/picture.js';
import { type Augmentation, drawPlan } from '../../../../learning/augmentation/policies/draw-plan.js';
import { OPERATION_NAMES, OPERATIONS } from '../../../../learning/augmentation/policies/operations.js';
import type { Plan } from '../../../../learning/augmentation/policies/plan.js';
import { noise, place, temporaryFolder } from '../../../support/picture-files.js';

const PICTURE = picture(12, 9, 3, noise(1, 12 * 9 * 3));

function refusal(pattern: RegExp) {
  return (error: unknown) => error instanceof ConfigurationError && pattern.test(error.message);
}

describe('options of augment', () => {
  it('suggest the nearest known word', () => {
    assert.throws(
      () => operationsOf(['Rotat']),
      refusal(/--operations: received "Rotat" \(did you mean Rotate\?\), expected one of Identity, ShearX/),
    );
    assert.throws(
      () => policyOfOptions({ policy: 'randaugment' }),
      refusal(/--policy: received "randaugment" \(did you mean rand-augment\?\)/),
    );
    assert.throws(
      () => policyOfOptions({ policy: 'xyz' }),
      (error: Error) => !/did you mean/.test(error.message),
    );
  });

  it('take operation names in any case, drop repeated ones, and default to all', () => {
    assert.deepEqual(operationsOf(['rotate', 'Rotate', 'EQUALIZE']), ['Rotate', 'Equalize']);
    assert.equal(operationsOf(true).length, OPERATION_NAMES.length - 1);
  });

  it('refuse parameters that are out of range or that the policy does not have', () => {
    assert.throws(
      () => policyOfOptions({ policy: 'rand-augment', magnitude: 31 }),
      refusal(/magnitude: received 31, expected an integer from 0 to 30/),
    );
    assert.throws(
      () => policyOfOptions({ policy: 'trivial-augment-wide', magnitude: 3 }),
      refusal(/--magnitude: received 3, expected none/),
    );
    assert.deepEqual(policyOfOptions({ policy: 'noisy-student', magnitude: 27, numOps: 3 }), {
      ...{ kind: 'noisy-student', magnitude: 27, numOps: 3 },
    });
  });
});

describe('showcase', () => {
  it('orders magnitudes from the weakest to the strongest, within range, with both signs if the operation has them', () => {
    assert.deepEqual(magnitudesOf('Rotate', PICTURE), [-30, -20, -10, 10, 20, 30]);
    for (const name of OPERATION_NAMES) {
      const [least, most] = OPERATIONS[name].range;
      assert.ok(
        magnitudesOf(name, PICTURE).every((value) => value >= least && value <= most),
        name,
      );
    }
  });

  it('has a row for each operation and a plan for each cell, even for a picture of one pixel', () => {
    for (const one of [PICTURE, picture(1, 1, 1)]) {
      const { rows, plans } = showcase(operationsOf(true), one, 0);
      assert.equal(rows.filter(({ title }) => title?.[0] === 'Rotate').length, 1);
      const cells = rows.flatMap((row) => row.cells);
      assert.equal(cells.length, plans.length + rows.length);
      assert.ok(cells.every(({ picture: { width } }) => width === one.width));
    }
  });
});

describe('text of a plan', () => {
  it('has names and magnitudes', () => {
    const plan: Plan = {
      flip: true,
      erase: [],
      interpolation: 'nearest',
      fill: 0,
      crop: { left: -1, top: 2, width: 12, height: 9, mode: 'edge' },
      operations: [
        { name: 'Rotate', magnitude: -9 },
        { name: 'Solarize', magnitude: 0.699999988079071 },
        { name: 'Equalize', magnitude: 0 },
      ],
    };
    assert.deepEqual(planItems(plan, PICTURE), [
      ...['moved 1, −2,', 'mirrored,', 'Rotate −9,', 'Solarize 0.7,', 'Equalize'],
    ]);
    const { crop, ...still } = plan;
    assert.deepEqual(planItems({ ...still, flip: false, operations: [] }, PICTURE), ['unchanged']);
    assert.deepEqual([0.09000000357, 123.4, -0.001, -0].map(numberText), ['0.09', '123', '−0.001', '0']);
  });
});

describe('stored plans', () => {
  it('are read back unchanged', async (context) => {
    const policy: Augmentation = {
      ...{ flip: 0.5, crop: {}, cutout: 0.5, resizedCrop: {}, interpolation: 'bilinear', fill: [1, 2, 3] },
      operations: OPERATION_NAMES.map((name) => ({ name, magnitude: name === 'Posterize' ? 4 : 0 })),
      policy: { kind: 'noisy-student' },
      erasing: { probability: 1 },
    };
    const plans = Array.from({ length: 20 }, (_, sample) => drawPlan(policy, PICTURE, keyedRandom(sample)));
    const file = join(await temporaryFolder(context), 'plans.json');
    await place(file, JSON.stringify({ image: 'x.png', width: 12, height: 9, channels: 3, plans }));
    const stored = await readPlans(file);
    assert.deepEqual(stored.plans, JSON.parse(JSON.stringify(plans)));
    assert.deepEqual(stored.size, { width: 12, height: 9, channels: 3 });
    await place(file, JSON.stringify(plans));
    assert.deepEqual((await readPlans(file)).plans, stored.plans);
    assert.equal((await readPlans(file)).fit, 'cover');
    await place(file, JSON.stringify({ fit: 'contain', plans }));
    assert.equal((await readPlans(file)).fit, 'contain');
    await place(file, JSON.stringify({ operations: [{ name: 'Invert' }] }));
    assert.equal((await readPlans(file)).plans[0]!.interpolation, 'nearest');
  });

  it('are refused if the file has none', async (context) => {
    const folder = await temporaryFolder(context);
    const file = join(folder, 'plans.json');
    await assert.rejects(
      readPlans(file),
      refusal(/--plan: received ".*", expected a JSON file of plans.*ENOENT/),
    );
    const wrong: Array<[content: string, reason: RegExp]> = [
      ['{', /expected a JSON file of plans/],
      ['[]', /at plans: /],
      ['7', /expected plans as --json prints them/],
      ['{"operations":[{"name":"Rotat"}]}', /at plans\[0\]\.operations\[0\]\.name: .*"Rotate"/],
      ['[{"fill":999}]', /at plans\[0\]\.fill/],
      ['[{"flop":true}]', /flop/],
    ];
    for (const [content, reason] of wrong) {
      await place(file, content);
      await assert.rejects(readPlans(file), refusal(reason), content);
    }
  });
});
