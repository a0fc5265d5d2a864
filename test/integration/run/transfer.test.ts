import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { lines } from '../../../cli/methods/transfer/lines.js';
import type { MethodConfigInput } from '../../../domain/method-types.js';
import type { TransferReport } from '../../../domain/methods/transfer.js';
import { readModelCard } from '../../../storage/models.js';
import { openStore } from '../../../storage/open-store.js';
import { logsOf, type RunningApprentice, startApprentice } from '../../support/running-apprentice.js';

const KNOWN = ['ankle-boot', 'coat', 'dress', 'sneaker', 'trouser'];
const OTHER = ['bag', 'sandal'];

let running: RunningApprentice;

function sourceOf(only: readonly string[]) {
  const { labelled } = running.config.data;
  return { ...labelled, only: [...only] } as typeof labelled;
}

before(async () => {
  running = await startApprentice();
  const { config, home, apprentice } = running;
  const data = { ...config.data, labelled: sourceOf(KNOWN) };
  const run = await apprentice.start({ ...config, data, name: 'known', generations: 0 }, { runId: 'known' });
  await run.result().catch(async (error) => {
    throw new Error(await logsOf(home), { cause: error });
  });
});
after(() => running.close());

function configOf(change: Partial<MethodConfigInput<'transfer'>> = {}): MethodConfigInput<'transfer'> {
  const { data } = running.config;
  return {
    name: 'other',
    from: 'known',
    data: { ...data, labelled: sourceOf(OTHER) },
    training: { steps: 60, batchSize: 16, evaluations: 2, checkpointSeconds: 0 },
    execution: { heartbeatSeconds: 8 },
    ...change,
  };
}

async function transferred(
  runId: string,
  change: Partial<MethodConfigInput<'transfer'>> = {},
): Promise<TransferReport> {
  const method = await running.apprentice.begin('transfer', configOf(change), { runId });
  return method.result().catch(async (error) => {
    throw new Error(await logsOf(running.home), { cause: error });
  });
}

const waysOf = ({ results }: TransferReport) => results.map(({ way }) => way);

test('the head alone: a whole model of the other classes, which enters a line of its own', async () => {
  const report = await transferred('head', { mode: 'head' });
  assert.deepEqual(waysOf(report), ['head']);
  const { measures, model, results, dataset } = report;
  assert.deepEqual(dataset.classes, OTHER);
  assert.equal(measures.labelsPerClass, 10);
  assert.equal(measures.chance, 0.5);
  assert.equal(measures.accuracy, results[0]!.model.validation.accuracy);
  assert.ok(measures.accuracy > 0.7, `${measures.accuracy}`);
  assert.ok(measures.distance!.beyond > measures.distance!.ownBeyond);
  assert.equal(results[0]!.test!.images, 20);
  assert.equal(report.version, 1);
  assert.match(report.startedFrom![0]!.name, /@1$/);
  const card = await readModelCard(openStore(join(running.home, 'store')), model!.modelKey);
  assert.deepEqual(card.classes, OTHER);
  assert.match(report.summary, /^head only .* on test/);
});

test('auto says why; training from scratch is compared where that is asked for', async () => {
  const report = await transferred('auto', {
    compareWithScratch: true,
    scratch: { steps: 30, batchSize: 16 },
    gate: { reigning: 'replace' },
  });
  assert.equal(waysOf(report)[0], 'head');
  assert.equal(waysOf(report).at(-1), 'scratch');
  assert.match(report.choice.reason, /10 labels a class|has to change|have to change/);
  assert.ok(report.results.every(({ test: measured }) => measured?.images === 20));
  const said = lines(report).join('\n');
  assert.match(said, /known \(5 classes\) to bag, sandal/);
  assert.match(said, /from scratch/);
});

test('killed while it is fine-tuned, it comes to the same model', async () => {
  const tuned = { mode: 'fine-tune', training: { ...configOf().training, layers: { warmup: 0.3 } } } as const;
  const undisturbed = await transferred('undisturbed', { ...tuned, name: 'one' });
  assert.equal(undisturbed.choice.mode, 'fine-tune');
  const config = configOf({ ...tuned, name: 'two' });
  const method = await running.apprentice.begin('transfer', config, { runId: 'disturbed' });
  for await (const { steps } of method.follow({ intervalMs: 50, signal: AbortSignal.timeout(90_000) })) {
    if (steps.some(({ activity, done }) => activity === 'train' && done > 3)) break;
  }
  process.kill(await running.pidOf('trainer-1'), 'SIGKILL');
  const report = await method.result();
  const weights = ({ results }: TransferReport) => results.map(({ model }) => model.weightsHash);
  assert.deepEqual(weights(report), weights(undisturbed));
});

test('what does not fit is refused before any training, by the name of its field', async () => {
  const refused = async (runId: string, change: Partial<MethodConfigInput<'transfer'>>, message: RegExp) => {
    const method = await running.apprentice.begin('transfer', configOf(change), { runId });
    await assert.rejects(method.result(), message);
    const { stages } = await method.progress();
    assert.ok(!stages.some(({ name, status }) => name === 'fit a head on frozen features' && status === 'done'));
  };
  const { data } = configOf();
  await refused('nobody', { from: 'nobody' }, /from: received "nobody", expected a folder/);
  const fill = { augmentation: { fill: [0, 0, 0] } };
  await refused('fill', { scratch: fill, compareWithScratch: true }, /scratch\.augmentation: fill/);
  const large = { ...data, image: { width: 20, height: 20 } };
  await refused(
    'large',
    { data: large },
    /data\.image: received images of 20 x 20 x 1 .* expected 28 x 28 x 1/,
  );
  await refused('few', { data: { ...data, labelsPerClass: 60 } }, /data\.labelled: class "bag" has 40/);
  await refused(
    'hats',
    { data: { ...data, labelled: sourceOf(['bag', 'hat']) } },
    /data\.labelled\.only: received "hat"/,
  );
});
