import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { viewOf } from '../../../../cli/methods/commands.js';
import type { TransferReport } from '../../../../domain/methods/transfer.js';
import { readModelCard } from '../../../../storage/models.js';
import { OLD_CLASSES, someClasses } from '../../../support/small-teaching.js';
import {
  assertRefused,
  type Change,
  OTHER_CLASSES,
  oldModel,
  reportOf,
  reportOfKilled,
  running,
  storeOf,
  transferOf,
  transferred,
} from './shared.js';

describe('transfer', () => {
  before(oldModel);

  const waysOf = ({ results }: TransferReport) => results.map(({ way }) => way);

  test('a new head alone makes a whole model of other classes, which enters a line of its own', async () => {
    const report = await transferred();
    assert.deepEqual(waysOf(report), ['head']);
    const { measures, model, results, dataset } = report;
    assert.deepEqual(dataset.classes, OTHER_CLASSES);
    assert.equal(measures.labelsPerClass, 10);
    assert.equal(measures.chance, 0.5);
    assert.equal(measures.accuracy, results[0]!.model.validation.accuracy);
    assert.ok(measures.accuracy > 0.7, `${measures.accuracy}`);
    assert.ok(measures.distance!.beyond > measures.distance!.ownBeyond, JSON.stringify(measures.distance));
    assert.equal(results[0]!.test!.images, 20);
    assert.equal(report.version, 1);
    assert.match(report.startedFrom![0]!.name, /@1$/);
    const card = await readModelCard(storeOf(), model!.modelKey);
    assert.deepEqual(card.classes, OTHER_CLASSES);
    assert.match(report.summary, /^head only .* on test/);
  });

  test('mode auto gives its reason; a training from scratch is compared if configured', async () => {
    const report = await reportOf(
      'auto',
      transferOf({
        name: 'other-auto',
        compareWithScratch: true,
        scratch: { steps: 20, batchSize: 16, evaluations: 1 },
      }),
    );
    assert.equal(waysOf(report)[0], 'head');
    assert.equal(waysOf(report).at(-1), 'scratch');
    assert.match(report.choice.reason, /10 labels per class/);
    assert.ok(report.results.every(({ test: measured }) => measured?.images === 20));
    const { report: lines } = await viewOf('transfer');
    const options = { now: Date.now(), columns: 100, command: 'apprentice', storeUrl: storeOf().url };
    const text = (await lines(report, options)).join('\n');
    assert.ok(text.includes(`old (${OLD_CLASSES.length} classes) to ${OTHER_CLASSES.join(', ')}`), text);
    assert.match(text, /from scratch/);
  });

  test('a transfer whose trainer is killed in the fine-tuning comes to the same model', async () => {
    const tuned = {
      mode: 'fine-tune',
      training: { ...transferOf().training, layers: { warmup: 0.3 } },
    } as const;
    const undisturbed = await reportOf('tuned', transferOf({ ...tuned, name: 'one' }));
    assert.equal(undisturbed.choice.mode, 'fine-tune');
    const killed = await reportOfKilled(
      'tuning-killed',
      transferOf({ ...tuned, name: 'two' }),
      ({ activities }) => activities.some(({ activity, done }) => activity === 'train' && done > 3),
    );
    const weights = ({ results }: TransferReport) => results.map(({ model }) => model.weightsHash);
    assert.deepEqual(weights(killed), weights(undisturbed));
  });

  test('a transfer that cannot be is refused before any training, by the name of its field', async () => {
    const { data } = transferOf();
    const refused = (change: Change<'transfer'>, message: RegExp) => [transferOf(change), message] as const;
    await assertRefused('a head on frozen features', {
      'from-nobody': refused({ from: 'nobody' }, /from: received "nobody", expected a folder/),
      'scratch-fill': refused(
        { scratch: { augmentation: { fill: [0, 0, 0] } }, compareWithScratch: true },
        /scratch\.augmentation: fill/,
      ),
      large: refused(
        { data: { ...data, image: { width: 20, height: 20 } } },
        /data\.image: received images of 20 x 20 x 1 .* expected 28 x 28 x 1/,
      ),
      few: refused(
        { data: { ...data, labelsPerClass: 60 } },
        /data\.labelled: class "(ankle-boot|shirt)" has 40/,
      ),
      hats: refused(
        { data: { ...data, labelled: someClasses(running, ['bag', 'hat']) } },
        /data\.labelled\.only: received "hat"/,
      ),
    });
  });
});
