import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setup, setupSteps } from '../../../setup/setup.mjs';
import { SetupError } from '../../../setup/setup-error.mjs';
import { alreadyDone, type Step, type StepState } from '../../../setup/steps/step.mjs';
import { recordedOutput, temporaryFolder } from './support.js';

function machine() {
  const folder = temporaryFolder();
  return {
    project: { root: folder, isCheckout: true, setupCommand: 'npm run setup' },
    environment: { PATH: join(folder, 'bin'), APPRENTICE_CACHE: join(folder, 'cache') },
    output: recordedOutput(),
  };
}

/** A step that is done once it has run. */
function step(name: string, ran: string[], pending: Partial<StepState> = {}): Step {
  let done = false;
  return {
    name,
    inspect: async () =>
      done ? alreadyDone('is there') : { done: false, detail: 'making', needs: [], bytes: 0, ...pending },
    run: async () => {
      ran.push(name);
      done = true;
      return 'made';
    },
  };
}

test('steps run in order, and only once', async () => {
  const { project, environment, output } = machine();
  const ran: string[] = [];
  const steps = [step('first', ran), step('second', ran)];
  await setup({ project, environment, output, steps });
  assert.deepEqual(ran, ['first', 'second']);
  assert.match(output.text(), /first: making\nfirst: made\nsecond: making\nsecond: made\n/);
  await setup({ project, environment, output, steps });
  assert.deepEqual(ran, ['first', 'second']);
  assert.match(output.text(), /first: is there\nsecond: is there\n$/);
});

test('quiet prints nothing and creates no cache when everything is done', async () => {
  const { project, environment, output } = machine();
  const done: Step = {
    name: 'first',
    inspect: async () => alreadyDone('is there'),
    run: async () => 'never',
  };
  await setup({ quiet: true, project, environment, output, steps: [done] });
  assert.equal(output.text(), '');
  assert.ok(!existsSync(environment.APPRENTICE_CACHE));
});

test('tools missing for a later step stop set-up before any work', async () => {
  const { project, environment, output } = machine();
  const ran: string[] = [];
  const steps = [step('first', ran), step('second', ran, { needs: ['python', 'compiler'] })];
  await assert.rejects(setup({ project, environment, output, steps }), (error: Error) => {
    assert.ok(error instanceof SetupError);
    assert.match(error.message, /2 tools/);
    return true;
  });
  assert.deepEqual(ran, []);
});

test('a disk too small for all the steps stops set-up before any work', async () => {
  const { project, environment, output } = machine();
  const ran: string[] = [];
  const steps = [step('first', ran), step('second', ran, { bytes: 1e18 })];
  await assert.rejects(
    setup({ project, environment, output, steps }),
    /1000000000\.0 GB on the disk of .*cache/,
  );
  assert.deepEqual(ran, []);
});

test('a failing step is named with its reason, and the next set-up continues there', async () => {
  const { project, environment, output } = machine();
  const ran: string[] = [];
  let fails = true;
  const second = step('second', ran);
  const flaky: Step = {
    ...second,
    run: (context, line) =>
      fails ? Promise.reject(new SetupError('no network')) : second.run(context, line),
  };
  const steps = [step('first', ran), flaky];
  await assert.rejects(setup({ project, environment, output, steps }), /no network/);
  assert.match(output.text(), /second: failed while making/);
  fails = false;
  await setup({ project, environment, output, steps });
  assert.deepEqual(ran, ['first', 'second']);
});

test('two concurrent set-ups share the work', async () => {
  const { project, environment, output } = machine();
  const ran: string[] = [];
  const steps = [step('first', ran), step('second', ran)];
  await Promise.all([
    setup({ project, environment, output, steps }),
    setup({ project, environment, output, steps }),
  ]);
  assert.deepEqual(ran, ['first', 'second']);
});

test('an installed package needs neither npm packages nor a build', () => {
  const names = (isCheckout: boolean) =>
    setupSteps({ root: '/', isCheckout, setupCommand: '' }).map(({ name }) => name);
  assert.deepEqual(names(true), ['npm packages', 'Temporal server', 'TensorFlow engine', 'Build']);
  assert.deepEqual(names(false), ['Temporal server', 'TensorFlow engine']);
});
