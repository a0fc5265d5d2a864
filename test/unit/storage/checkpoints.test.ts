import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { ArtifactStore } from '../../../domain/artifact-store.js';
import { CorruptArtifactError, StaleAttemptError } from '../../../domain/errors.js';
import type { TrainingState } from '../../../domain/training-state.js';
import { expectSameTraining } from '../../../storage/checkpoints/claims.js';
import { Checkpoints } from '../../../storage/checkpoints.js';
import { openStore } from '../../../storage/open-store.js';

const FOLDER = 'runs/a/generation-1/checkpoint';
let root: string;
let store: ArtifactStore;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'apprentice-checkpoints-'));
  store = openStore(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const claim = (settings = 'same') => Checkpoints.claim(store, FOLDER, { settings, seed: 'same' });
const states = () => store.list(`${FOLDER}/states/`);

function state(step: number): TrainingState {
  const weights = Float32Array.of(step, 0.1, Number.NaN);
  const counts = Int32Array.of(step, -1);
  return {
    step,
    tensors: [
      { name: 'weights', dtype: 'float32', shape: [3], bytes: new Uint8Array(weights.buffer) },
      { name: 'empty', dtype: 'float32', shape: [0], bytes: new Uint8Array(0) },
      { name: 'counts', dtype: 'int32', shape: [1, 2], bytes: new Uint8Array(counts.buffer) },
    ],
    notes: { bestAccuracy: 0.1 + 0.2, series: [{ step, loss: 1 / 3 }], absent: undefined },
  };
}

function assertSameState(received: TrainingState | undefined, step: number): void {
  const expected = state(step);
  assert.deepEqual(
    received?.tensors.map((tensor) => ({ ...tensor, bytes: [...tensor.bytes] })),
    expected.tensors.map((tensor) => ({ ...tensor, bytes: [...tensor.bytes] })),
  );
  assert.equal(received?.step, step);
  assert.deepEqual(received?.notes, { bestAccuracy: 0.1 + 0.2, series: [{ step, loss: 1 / 3 }] });
}

const noneBroken = (error: Error) => assert.fail(error);

async function damage(part: string, change: (bytes: Uint8Array) => Uint8Array): Promise<void> {
  const key = (await states()).findLast((candidate) => candidate.endsWith(part))!;
  await store.write(key, change(await store.read(key)));
}

test('a later attempt resumes from the exact state', async () => {
  const first = await claim();
  assert.equal(await first.load(noneBroken), undefined);
  await first.save(state(7));
  assertSameState(await (await claim()).load(noneBroken), 7);
});

test('a superseded attempt writes nothing and removes nothing', async () => {
  const first = await claim();
  await first.save(state(7));
  const second = await claim();
  await second.save(state(9));
  const before = await states();
  await assert.rejects(first.save(state(10)), StaleAttemptError);
  await assert.rejects(first.clear(), StaleAttemptError);
  assert.deepEqual(await states(), before);
  assertSameState(await (await claim()).load(noneBroken), 9);
});

test('concurrent claims get different numbers, and the highest may write', async () => {
  const attempts = (await Promise.all(Array.from({ length: 8 }, () => claim()))).sort(
    (a, b) => a.claim - b.claim,
  );
  assert.deepEqual(
    attempts.map((attempt) => attempt.claim),
    [1, 2, 3, 4, 5, 6, 7, 8],
  );
  for (const stale of attempts.slice(0, -1)) await assert.rejects(stale.save(state(1)), StaleAttemptError);
  await attempts.at(-1)!.save(state(1));
});

test('loading takes the highest step of all attempts, not the newest attempt’s', async () => {
  await (await claim()).save(state(20));
  await (await claim()).save(state(10));
  assertSameState(await (await claim()).load(noneBroken), 20);
});

test('the last two states are kept, and clear removes all', async () => {
  const first = await claim();
  for (const step of [1, 2, 3]) await first.save(state(step));
  assert.equal((await states()).length, 4);
  const second = await claim();
  for (const step of [4, 5]) await second.save(state(step));
  assert.deepEqual(
    (await states()).map((key) => key.slice(FOLDER.length)),
    ['4.bin', '4.json', '5.bin', '5.json'].map((name) => `/states/00000002/step-0000000${name}`),
  );
  await second.clear();
  assert.deepEqual(await states(), []);
  await assert.rejects(first.save(state(6)), StaleAttemptError);
});

type Damage = readonly [what: string, part: string, change: (bytes: Uint8Array) => Uint8Array];
const DAMAGES: readonly Damage[] = [
  [
    'a flipped bit in its tensors',
    '.bin',
    (bytes) => bytes.map((byte, index) => (index === 5 ? byte ^ 1 : byte)),
  ],
  ['tensors cut short', '.bin', (bytes) => bytes.slice(0, -4)],
  [
    'a changed note',
    '.json',
    (bytes) => Buffer.from(Buffer.from(bytes).toString().replace('0.3000', '0.4000')),
  ],
  ['a manifest cut short', '.json', (bytes) => bytes.slice(0, -20)],
];
for (const [what, part, change] of DAMAGES) {
  test(`a checkpoint with ${what} is reported, and the one before is used`, async () => {
    const first = await claim();
    await first.save(state(1));
    await first.save(state(2));
    await damage(part, change);
    const broken: Error[] = [];
    assertSameState(await (await claim()).load((error) => broken.push(error)), 1);
    assert.equal(broken.length, 1);
    assert(broken[0] instanceof CorruptArtifactError);
    assert.equal((await states()).length, 2);
  });
}

test('bytes without a manifest, from a killed attempt, are no checkpoint and are removed later', async () => {
  const first = await claim();
  await first.save(state(1));
  await store.write(`${FOLDER}/states/00000001/step-00000002.bin`, new Uint8Array(10));
  const second = await claim();
  assertSameState(await second.load(noneBroken), 1);
  await second.save(state(3));
  assert.equal((await states()).length, 4);
});

test('checkpoints of another training are refused, with the parts that differ', async () => {
  await claim('this');
  await assert.rejects(claim('that'), {
    name: 'ConfigurationError',
    message:
      /^run id: "runs\/a\/generation-1" has a training that differs in settings: undo these changes to continue it, or choose another run id$/,
  });
});

test('a training is the same only if all its parts are, and the message names those that are not', () => {
  const parts = { 'data set': 'd', network: 'n', settings: 's', seed: '0' };
  expectSameTraining('runs/a/student', parts, { ...parts });
  const refused = (now: Readonly<Record<string, string>>, named: string) =>
    assert.throws(() => expectSameTraining('runs/a/student', parts, now), {
      name: 'ConfigurationError',
      message: new RegExp(`^run id: "runs/a/student" has a training that differs in ${named}: `),
    });
  refused({ ...parts, network: 'other' }, 'network');
  refused({ ...parts, 'data set': 'other', seed: '1' }, 'data set, seed');
  const { seed: _, ...fewer } = parts;
  refused(fewer, 'seed');
  refused({ ...parts, objective: 'o' }, 'objective');
});

test('the checkpoint of another training in the place of the last is reported, and the one before is used', async () => {
  const first = await claim();
  await first.save(state(1));
  await first.save(state(2));
  const other = await Checkpoints.claim(store, 'runs/b/generation-1/checkpoint', { settings: 'other' });
  await other.save(state(2));
  for (const file of ['step-00000002.json', 'step-00000002.bin']) {
    const theirs = await store.read(`runs/b/generation-1/checkpoint/states/00000001/${file}`);
    await store.write(`${FOLDER}/states/00000001/${file}`, theirs);
  }
  const broken: Error[] = [];
  assertSameState(await (await claim()).load((error) => broken.push(error)), 1);
  assert.match(broken.map(({ message }) => message).join(), /states\/00000001\/step-00000002\.json/);
});

const CLAIMS = `${FOLDER}/claims`;

test('a damaged claim is reported; an earlier one tells the identity', async () => {
  await (await claim()).save(state(1));
  await claim();
  await store.write(`${CLAIMS}/00000002`, Buffer.from('{"cl'));
  const broken: Error[] = [];
  const onBroken = (error: Error) => broken.push(error);
  await assert.rejects(
    Checkpoints.claim(store, FOLDER, { settings: 'that' }, onBroken),
    /a training that differs in settings/,
  );
  const third = await Checkpoints.claim(store, FOLDER, { settings: 'same', seed: 'same' }, onBroken);
  assert.equal(third.claim, 3);
  assertSameState(await third.load(noneBroken), 1);
  assert.match(broken[0]!.message, /checkpoint\/claims\/00000002/);
});

test('where no claim tells the identity, the training begins anew instead of failing for ever', async () => {
  await (await claim()).save(state(1));
  await store.write(`${CLAIMS}/00000001`, new Uint8Array());
  const next = await claim('unknown before');
  assert.equal(next.claim, 2);
  assert.equal(await next.load(noneBroken), undefined);
  assert.deepEqual(await states(), []);
});

test('files that are no claims and no checkpoints are passed over', async () => {
  const first = await claim();
  await first.save(state(1));
  for (const stray of [`${CLAIMS}/00000009~`, `${CLAIMS}/notes.txt`, `${CLAIMS}/copy/00000001`])
    await store.write(stray, Buffer.from('x'));
  await store.write(`${FOLDER}/states/00000001/step-00000009.json~`, Buffer.from('x'));
  await first.assertCurrent();
  const second = await claim();
  assert.equal(second.claim, 2);
  assertSameState(await second.load(noneBroken), 1);
});

test('a claim that is gone with its store is not taken for a later attempt', async () => {
  const first = await claim();
  await rm(join(root, 'runs'), { recursive: true });
  const gone = {
    name: 'StoreGoneError',
    message: /attempt 1 at .* its claim is gone from .*is its disk mounted/,
  };
  await assert.rejects(first.save(state(7)), gone);
});
