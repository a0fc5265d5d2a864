import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import type { ExtendReport, ExtensionName } from '../../../../domain/methods/extend.js';
import type { DatasetReference } from '../../../../domain/records.js';
import { openDataset } from '../../../../learning/datasets/open.js';
import { predictedClasses } from '../../../../learning/evaluation/predicted-classes.js';
import { predict } from '../../../../learning/models/predict.js';
import { readModel, readModelCard } from '../../../../storage/models.js';
import {
  NEW_CLASSES,
  OLD_CLASSES,
  oldPictures,
  smallDistillation,
  smallExtension,
  someClasses,
} from '../../../support/small-teaching.js';
import { assertRefused, type Change, execution, oldModel, reportOf, running, storeOf } from './shared.js';

describe('extension', () => {
  let compared: ExtendReport;

  before(async () => {
    await oldModel();
    compared = await reportOf('compared', configOf({ old: oldPictures(running) }));
  });

  const configOf = (change: Change<'extend'> = {}) => smallExtension(running, { execution, ...change });

  test('an extension learns new classes beside old ones, and compares all ways on both tasks', async () => {
    const report = compared;
    assert.deepEqual([report.oldClasses, report.newClasses], [OLD_CLASSES, NEW_CLASSES]);
    const names: ExtensionName[] = ['retention', 'fine-tuning', 'head-only', 'joint'];
    assert.deepEqual(
      report.results.map(({ name }) => name),
      names,
    );
    for (const { validation, test: measured } of report.results) {
      assert.deepEqual([validation.new.images, validation.old!.images], [20, 30]);
      assert.deepEqual([measured!.new.images, measured!.old!.images], [20, 30]);
      assert.ok(validation.new.within >= validation.new.overall);
      assert.equal(
        validation.forgetting!.within.toFixed(6),
        (report.before!.validation.within - validation.old!.within).toFixed(6),
      );
    }
    // Its layers are frozen: among themselves the old classes are classified as before.
    const headOnly = report.results.find(({ name }) => name === 'head-only')!;
    assert.equal(headOnly.validation.old!.within, report.before!.validation.within);
    assert.ok(report.results[0]!.validation.new.within > 0.6);
    assert.match(report.summary, /fine-tuning forgets/);
    assert.equal(report.version, 1);
    const card = await readModelCard(storeOf(), report.model.modelKey);
    assert.deepEqual(card.classes, [...OLD_CLASSES, ...NEW_CLASSES]);
  });

  /** The order of a data set of all classes; the models have the new classes after the old ones. */
  const SORTED = [...OLD_CLASSES, ...NEW_CLASSES].sort();

  function ofAllClasses() {
    return { ...running.config.data, labelled: someClasses(running, SORTED) };
  }

  /** Accuracy of a model on validation, and what it would be if its outputs had the order of the data's classes. */
  async function accuraciesOf(modelKey: string, dataset: DatasetReference) {
    const store = storeOf();
    const { validation: images } = await openDataset(dataset, store);
    const model = await readModel(store, modelKey);
    const { classes } = await readModelCard(store, modelKey);
    const probabilities = await predict({ model, images, first: 0, count: images.count });
    const predicted = [...predictedClasses(probabilities, classes.length)];
    const share = (names: readonly string[]) =>
      predicted.filter((number, image) => names[number] === SORTED[images.label(image)]).length /
      images.count;
    return { right: share(classes), unordered: share(SORTED) };
  }

  test('a model with more classes is measured, teaches and is compared in the order of its classes', async () => {
    assert.notDeepEqual(SORTED, [...OLD_CLASSES, ...NEW_CLASSES]);
    const { modelKey } = compared.results.find(({ name }) => name === 'joint')!.model;
    const joint = join(running.home, 'store', modelKey);
    const robust = await reportOf('robust', {
      ...{ method: 'robustness', name: 'robust', data: ofAllClasses(), models: [joint, 'wider'] },
      ...{ split: 'validation', corruptions: ['contrast'], severities: [1], execution },
    });
    const [ofJoint, ofChampion] = robust.models.map(({ clean }) => clean.accuracy);
    const expected = await accuraciesOf(modelKey, robust.dataset);
    assert.equal(ofJoint, expected.right);
    assert.ok(ofJoint > expected.unordered + 0.3, `${ofJoint}, by the data's order ${expected.unordered}`);

    const distilled = (runId: string, change: Change<'distill'>) =>
      reportOf(runId, smallDistillation(running, { data: ofAllClasses(), execution, ...change }));
    const first = await distilled('same-line', { name: 'wider', teachers: [joint] });
    assert.equal(first.teacherValidation.accuracy, ofJoint);
    assert.equal(first.validation.teacher.accuracy, ofJoint);
    // Its teacher predicts in each step: in another order than that of the labels, the student would not agree.
    assert.ok(first.validation.agreement > 0.4, `${first.validation.agreement}`);
    assert.equal(first.reigning?.version, 1);
    assert.equal(first.reigning?.championAccuracy, ofChampion);
    assert.equal(first.reigning?.challengerAccuracy, first.validation.student.accuracy);

    const student = join(running.home, 'store', first.model.modelKey);
    const both = await distilled('two-orders', {
      name: 'two',
      teachers: [joint, student],
      views: 'recorded',
    });
    assert.ok(both.teacherValidation.accuracy > expected.unordered + 0.3);
    assert.equal(both.teacherValidation.accuracy, both.validation.teacher.accuracy);
  });

  test('an extension without old images, from recorded predictions, cannot say what is forgotten', async () => {
    const report = await reportOf('alone', configOf({ views: 'recorded', compare: [], name: 'recorded' }));
    assert.equal(report.results.length, 1);
    assert.equal(report.results[0]!.validation.old, undefined);
    assert.match(report.summary, /was not measured/);
  });

  test('a single new class is learnt against the old ones', async () => {
    const { data } = running.config;
    const one = { ...data, labelled: someClasses(running, ['coat']) };
    const old = oldPictures(running);
    const report = await reportOf(
      'one',
      configOf({ data: one, old, heads: 'joint', compare: [], name: 'one' }),
    );
    assert.deepEqual(report.newClasses, ['coat']);
    const { new: learnt } = report.results[0]!.validation;
    assert.equal(learnt.within, 1, 'alone in its task');
    assert.ok(learnt.overall > 0.5);
  });

  test('classes that do not fit are refused before any training', async () => {
    const { data } = running.config;
    const ofClasses = (only: string[]) => ({ ...data, labelled: someClasses(running, only) });
    const old = { labelled: someClasses(running, ['bag', 'coat']), validationPerClass: 10 };
    await assertRefused('learn without forgetting', {
      known: [configOf({ data: ofClasses(['bag', 'coat']) }), /data\.labelled: .*class bag/],
      'one-apart': [configOf({ data: ofClasses(['coat']) }), /one class \("coat"\).*set heads to joint/],
      unknown: [configOf({ old }), /old\.labelled: .*class coat/],
    });
  });
});
