import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { MethodConfigInput } from '../../../domain/method-types.js';
import type { ExtendReport, ExtensionName } from '../../../domain/methods/extend.js';
import { readModelCard } from '../../../storage/models.js';
import { openStore } from '../../../storage/open-store.js';
import { logsOf, type RunningApprentice, startApprentice } from '../../support/running-apprentice.js';
import {
  NEW_CLASSES,
  OLD_CLASSES,
  oldModelRun,
  oldPictures,
  smallExtension,
  someClasses,
} from '../../support/small-teaching.js';

let running: RunningApprentice;

before(async () => {
  running = await startApprentice();
  const { home, apprentice } = running;
  const run = await apprentice.start(oldModelRun(running), { runId: 'old' });
  await run.result().catch(async (error) => {
    throw new Error(await logsOf(home), { cause: error });
  });
});
after(() => running.close());

async function extended(
  runId: string,
  change: Partial<MethodConfigInput<'extend'>> = {},
): Promise<ExtendReport> {
  const method = await running.apprentice.begin('extend', smallExtension(running, change), { runId });
  return method.result().catch(async (error) => {
    throw new Error(await logsOf(running.home), { cause: error });
  });
}

test('new classes are learnt beside old ones, and all ways are compared on both tasks', async () => {
  const old = oldPictures(running);
  const report = await extended('compared', { old });
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
  const card = await readModelCard(openStore(join(running.home, 'store')), report.model.modelKey);
  assert.deepEqual(card.classes, [...OLD_CLASSES, ...NEW_CLASSES]);
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
