import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { MethodConfigInput } from '../../../domain/method-types.js';
import type { DistillReport } from '../../../domain/methods/distill.js';
import type { ExtendReport, ExtensionName } from '../../../domain/methods/extend.js';
import type { RobustnessReport } from '../../../domain/methods/robustness.js';
import type { DatasetReference } from '../../../domain/records.js';
import { openDataset } from '../../../learning/datasets/open.js';
import { predictedClasses } from '../../../learning/evaluation/predicted-classes.js';
import { predict } from '../../../learning/models/predict.js';
import { readModel, readModelCard } from '../../../storage/models.js';
import { openStore } from '../../../storage/open-store.js';
import { logsOf, type RunningApprentice, startApprentice } from '../../support/running-apprentice.js';
import {
  NEW_CLASSES,
  OLD_CLASSES,
  oldModelRun,
  oldPictures,
  smallDistillation,
  smallExtension,
  someClasses,
} from '../../support/small-teaching.js';

let running: RunningApprentice;
let compared: ExtendReport;
const storeOf = () => openStore(join(running.home, 'store'));

before(async () => {
  running = await startApprentice();
  const { home, apprentice } = running;
  const run = await apprentice.start(oldModelRun(running), { runId: 'old' });
  await run.result().catch(async (error) => {
    throw new Error(await logsOf(home), { cause: error });
  });
  compared = await extended('compared', { old: oldPictures(running) });
});
after(() => running.close());

async function extended(
  runId: string,
  change: Partial<MethodConfigInput<'extend'>> = {},
): Promise<ExtendReport> {
  const method = await running.apprentice.begin('extend', smallExtension(running, change), { runId });
  return method.result().catch(failed);
}

async function failed(error: unknown): Promise<never> {
  throw new Error(await logsOf(running.home), { cause: error });
}

test('new classes are learnt beside old ones, and all ways are compared on both tasks', async () => {
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
  // Its layers stand still: among themselves the old classes are told apart as before.
  const headOnly = report.results.find(({ name }) => name === 'head-only')!;
  assert.equal(headOnly.validation.old!.within, report.before!.validation.within);
  assert.ok(report.results[0]!.validation.new.within > 0.6);
  assert.match(report.summary, /fine-tuning forgets/);
  assert.equal(report.version, 1);
  const card = await readModelCard(storeOf(), report.model.modelKey);
  assert.deepEqual(card.classes, [...OLD_CLASSES, ...NEW_CLASSES]);
});

/** Data of all classes has them sorted; the widened models have the new ones behind the old. */
const SORTED = [...OLD_CLASSES, ...NEW_CLASSES].sort();

function ofAllClasses() {
  return { ...running.config.data, labelled: someClasses(running, SORTED) };
}

/** Share of the validation images that a model is right on, and would be if its outputs had the data's order. */
async function accuraciesOf(modelKey: string, dataset: DatasetReference) {
  const store = storeOf();
  const { validation: images } = await openDataset(dataset, store);
  const model = await readModel(store, modelKey);
  const { classes } = await readModelCard(store, modelKey);
  const probabilities = await predict({ model, images, first: 0, count: images.count });
  const said = [...predictedClasses(probabilities, classes.length)];
  const share = (names: readonly string[]) =>
    said.filter((number, image) => names[number] === SORTED[images.label(image)]).length / images.count;
  return { right: share(classes), unordered: share(SORTED) };
}

test('a widened model is measured, taught from and beaten in the order that its classes have', async () => {
  assert.notDeepEqual(SORTED, [...OLD_CLASSES, ...NEW_CLASSES]);
  const { modelKey } = compared.results.find(({ name }) => name === 'joint')!.model;
  const joint = join(running.home, 'store', modelKey);
  const measuring = await running.apprentice.begin(
    'robustness',
    {
      ...{ name: 'robust', data: ofAllClasses(), models: [joint, 'wider'], split: 'validation' },
      ...{ corruptions: ['contrast'], severities: [1], execution: { heartbeatSeconds: 8 } },
    },
    { runId: 'robust' },
  );
  const robust: RobustnessReport = await measuring.result().catch(failed);
  const [ofJoint, ofChampion] = robust.models.map(({ clean }) => clean.accuracy);
  const expected = await accuraciesOf(modelKey, robust.dataset);
  assert.equal(ofJoint, expected.right);
  assert.ok(ofJoint > expected.unordered + 0.3, `${ofJoint}, by the data's order ${expected.unordered}`);

  const distilled = async (runId: string, change: Partial<MethodConfigInput<'distill'>>) => {
    const config = smallDistillation(running, { data: ofAllClasses(), ...change });
    const method = await running.apprentice.begin('distill', config, { runId });
    const report: DistillReport = await method.result().catch(failed);
    return report;
  };
  const first = await distilled('same-line', { name: 'wider', teachers: [joint] });
  assert.equal(first.teacherValidation.accuracy, ofJoint);
  assert.equal(first.validation.teacher.accuracy, ofJoint);
  // It learns from answers in the step: were they not in the order of its labels, it would not agree with them.
  assert.ok(first.validation.agreement > 0.4, `${first.validation.agreement}`);
  assert.equal(first.verdict?.version, 1);
  assert.equal(first.verdict?.championAccuracy, ofChampion);
  assert.equal(first.verdict?.challengerAccuracy, first.validation.student.accuracy);

  const student = join(running.home, 'store', first.model.modelKey);
  const both = await distilled('two-orders', { name: 'two', teachers: [joint, student], views: 'recorded' });
  assert.ok(both.teacherValidation.accuracy > expected.unordered + 0.3);
  assert.equal(both.teacherValidation.accuracy, both.validation.teacher.accuracy);
});

test('without any old image, from recorded answers: what is forgotten is not known', async () => {
  const report = await extended('alone', { views: 'recorded', compare: [], name: 'recorded' });
  assert.equal(report.results.length, 1);
  assert.equal(report.results[0]!.validation.old, undefined);
  assert.match(report.summary, /was not measured/);
});

test('one new class is learnt where it competes with the old ones', async () => {
  const { data } = running.config;
  const one = { ...data, labelled: someClasses(running, ['coat']) };
  const old = oldPictures(running);
  const report = await extended('one', { data: one, old, heads: 'joint', compare: [], name: 'one' });
  assert.deepEqual(report.newClasses, ['coat']);
  const { new: learnt } = report.results[0]!.validation;
  assert.equal(learnt.within, 1, 'alone in its task');
  assert.ok(learnt.overall > 0.5);
});

test('classes that do not fit are refused before any training', async () => {
  const refused = async (runId: string, change: Partial<MethodConfigInput<'extend'>>, message: RegExp) => {
    const method = await running.apprentice.begin('extend', smallExtension(running, change), { runId });
    await assert.rejects(method.result(), message);
    const { stages } = await method.progress();
    assert.ok(!stages.some(({ name }) => name === 'learn without forgetting'));
  };
  const { data } = running.config;
  await refused(
    'known',
    { data: { ...data, labelled: someClasses(running, ['bag', 'coat']) } },
    /data\.labelled: .*class bag/,
  );
  await refused(
    'one-apart',
    { data: { ...data, labelled: someClasses(running, ['coat']) } },
    /one class \("coat"\).*set heads to joint/,
  );
  const old = { labelled: someClasses(running, ['bag', 'coat']), validationPerClass: 10 };
  await refused('unknown', { old }, /old\.labelled: .*class coat/);
});
