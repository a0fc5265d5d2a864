/** Every kind of artifact, damaged in every way between write and read, is refused by its name. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { ArtifactStore } from '../../../domain/artifact-store.js';
import { augmentationConfig } from '../../../domain/config/augmentation.js';
import { CorruptArtifactError } from '../../../domain/errors.js';
import type { NamedChoice } from '../../../domain/methods/label-next.js';
import type { ArtifactKey, FullEvaluation, OpenedModel, TrainedModel } from '../../../domain/records.js';
import { writeSealed } from '../../../domain/sealed-record.js';
import { DATA_FIELDS } from '../../../learning/datasets/data-fields.js';
import { nameImages, writeNames } from '../../../learning/datasets/image-names.js';
import { readSplitOf, storedOrNewSplit } from '../../../learning/datasets/split/stored-split.js';
import { readPseudoLabels, writePseudoLabels } from '../../../learning/pseudo-labels/pack.js';
import { readFloats, writeFloats } from '../../../storage/floats.js';
import { modelKeys, runKeys } from '../../../storage/keys.js';
import { readChosen, writeChosen } from '../../../storage/label-choices.js';
import { hasModelCard, readModel, readModelCard, writeHashedModel } from '../../../storage/models.js';
import { openStore } from '../../../storage/open-store.js';
import { champion } from '../../../storage/registry.js';
import {
  expectTrained,
  readEvaluation,
  readLeftOut,
  readOpened,
  readPinned,
  readReport,
  readSeries,
  writeEvaluation,
  writeOpened,
  writePinned,
  writeReport,
  writeSeries,
  writeTrained,
} from '../../../storage/runs.js';
import {
  readBest,
  readPolicies,
  readRung,
  searchKeys,
  writeBest,
  writePolicies,
  writeRung,
} from '../../../storage/search.js';
import { promoted } from '../../support/promoted.js';

let root: string;
let store: ArtifactStore;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'apprentice-damaged-'));
  store = openStore(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Writes an artifact of a run; `variant` decides its content. */
type Write = (runId: string, variant: number) => Promise<Written>;

interface Written {
  readonly key: ArtifactKey;
  read(): Promise<unknown>;
}

const image = { height: 8, width: 8, channels: 1 } as const;
const model = (variant: number) => ({
  topology: { activation: variant === 0 ? 'relu' : 'selu' },
  weightSpecs: [],
  weights: new Uint8Array([1, 2, 3, variant]),
});
const card = (runId: string, variant: number) => ({
  ...{ runId, generation: 1, image, fit: 'cover' as const, temperature: 1 + variant },
  classes: variant === 0 ? ['bag', 'boot'] : ['boot', 'bag'],
});
const writeModel = (runId: string, variant: number) =>
  writeHashedModel(store, modelKeys(runId, 'student').model, model(variant), card(runId, variant));

const KINDS: Readonly<Record<string, Write>> = {
  async predictions(runId, variant) {
    const { key } = await writeFloats(
      store,
      modelKeys(runId, 's').validationPredictions,
      Float32Array.of(variant, 1, 2),
    );
    return { key, read: () => readFloats(store, key, 3) };
  },
  async 'pseudo-labels'(runId, variant) {
    const { key } = await writePseudoLabels(store, `runs/${runId}/pseudo-labels/selected`, {
      ...{ kind: 'hard', classes: 2, positions: Uint32Array.of(0, 1), examples: Uint32Array.of(0, 1) },
      targets: variant === 0 ? Float32Array.of(1, 0, 0, 1) : Float32Array.of(0, 1, 1, 0),
    });
    return { key, read: () => readPseudoLabels(store, key, 2) };
  },
  async series(runId, variant) {
    const key = await writeSeries(store, modelKeys(runId, 's').series, [{ step: 1, loss: variant }]);
    return { key, read: () => readSeries(store, key) };
  },
  async split(runId, variant) {
    const { key } = await splitOf(runId, variant);
    return { key, read: () => readSplitOf({ splitKey: key, contentHash: 'x' }, store) };
  },
  async names(runId, variant) {
    const key = runKeys(runId).names;
    const { key: splitKey } = await splitOf('names', 0);
    await writeNames(store, key, [`a${variant}.png`, 'b.png']);
    return { key, read: () => nameImages({ splitKey, contentHash: 'x' }, key, store) };
  },
  async 'what was left out'(runId, variant) {
    const key = runKeys(runId).leftOut;
    await writeSealed(store, key, [
      { kind: 'unreadable', count: 1, examples: [{ name: `${variant}.png`, reason: 'an empty file' }] },
    ]);
    return { key, read: () => readLeftOut(store, runId) };
  },
  async evaluation(runId, variant) {
    const key = modelKeys(runId, 's').evaluation('test');
    const measured = { accuracy: variant, perClass: [], confusion: [[1, variant]] };
    await writeEvaluation(store, key, measured as unknown as FullEvaluation);
    return { key, read: () => readEvaluation(store, runId, 's', 'test') };
  },
  async report(runId, variant) {
    const report = { runId, method: 'evaluate', summary: `${variant}`, model: { modelKey: `m${variant}` } };
    const { reportKey } = await writeReport(store, report as never);
    return { key: reportKey, read: () => readReport(store, runId) };
  },
  async 'result of a training'(runId, variant) {
    const key = modelKeys(runId, 's').trained;
    await writeTrained(store, key, { modelKey: 'm', weightsHash: `${variant}` } as TrainedModel, {
      seed: '1',
    });
    return { key, read: () => expectTrained(store, key) };
  },
  async 'opened model'(runId, variant) {
    const key = modelKeys(runId, 's').opened;
    const opened = { reference: 'clothes', modelKey: `m${variant}`, weightsHash: 'h' };
    await writeOpened(store, key, opened as OpenedModel);
    return { key, read: () => readOpened(store, key, 'clothes') };
  },
  async 'hash of a network'(runId, variant) {
    const key = runKeys(runId).network('spec');
    await writePinned(store, key, `${variant}`);
    return { key, read: () => readPinned(store, key) };
  },
  async 'images to label'(runId, variant) {
    const key = runKeys(runId).chosen;
    await writeChosen(store, key, [{ path: 'a', position: variant, guess: 0, confidence: 1 } as NamedChoice]);
    return { key, read: () => readChosen(store, key) };
  },
  async policies(runId, variant) {
    const policy = { policy: { kind: 'rand-augment', numOps: 1, magnitude: 5 + variant } };
    await writePolicies(store, runId, [augmentationConfig.parse(policy)]);
    return { key: searchKeys(runId).policies, read: () => readPolicies(store, runId) };
  },
  async rung(runId, variant) {
    await writeRung(store, runId, { rung: 0, steps: 10, results: [], survivors: [variant] });
    return { key: searchKeys(runId).rung(0), read: () => readRung(store, runId, 0) };
  },
  async 'best policy'(runId, variant) {
    const key = await writeBest(store, runId, `student: { magnitude: ${variant} }`);
    return { key, read: () => readBest(store, key) };
  },
  async 'model.json'(runId, variant) {
    const { modelKey } = await writeModel(runId, variant);
    return { key: `${modelKey}/model.json`, read: () => readModelCard(store, modelKey) };
  },
  async 'weights.bin'(runId, variant) {
    const { modelKey } = await writeModel(runId, variant);
    return { key: `${modelKey}/weights.bin`, read: () => readModel(store, modelKey) };
  },
  async 'registry record'(line, variant) {
    await promoted(store, {
      ...{ line, modelKey: 'm', runId: `r${variant}`, generation: 0, validationAccuracy: 0.8 },
      ...{ classes: ['bag', 'boot'], image, parameters: 1, datasetHash: 'd' },
    });
    return { key: `registry/${line}/00000001.json`, read: () => champion(store, line) };
  },
};

async function splitOf(runId: string, variant: number) {
  const positions = { labelled: [variant], validation: [1 - variant], unlabelled: [], test: [] };
  const draw = async () => ({ positions, copies: [], contradictory: [] });
  return storedOrNewSplit(store, runKeys(runId).split, { contentHash: 'x', draw, fields: DATA_FIELDS });
}

type Damage = (bytes: Uint8Array, sibling: Uint8Array) => Uint8Array;

const flipped =
  (share: number): Damage =>
  (bytes) => {
    const damaged = Uint8Array.from(bytes);
    damaged[Math.floor(bytes.length * share)]! ^= 1;
    return damaged;
  };

const DAMAGES: Readonly<Record<string, Damage>> = {
  'a flipped bit in the middle': flipped(0.5),
  'a flipped bit near the end': flipped(0.9),
  'half of its bytes': (bytes) => bytes.slice(0, bytes.length >> 1),
  'no bytes': () => new Uint8Array(),
  'other text': () => Buffer.from('{"not": "it"}'),
  'other JSON': () => Buffer.from('null'),
  'one more byte': (bytes) => Buffer.concat([bytes, Buffer.from('0')]),
  'the bytes of a valid sibling': (_, sibling) => sibling,
};

for (const [kind, write] of Object.entries(KINDS)) {
  test(`${kind}: changed bytes are refused by their name, with a remedy`, async () => {
    const { key, read } = await write('a', 0);
    const other = await write('b', 1);
    const bytes = await store.read(key);
    const sibling = await store.read(other.key);
    await read();
    for (const [what, damage] of Object.entries(DAMAGES)) {
      await store.write(key, damage(bytes, sibling));
      await assert.rejects(read, (error: Error) => {
        assert.ok(error instanceof CorruptArtifactError, `${what}: ${error}`);
        assert.ok(error.message.includes(`"${key}"`), `${what}: ${error.message}`);
        assert.match(error.message, /received .* expected .*\. Restore it from a backup/, what);
        return true;
      });
    }
    await store.write(key, bytes);
    await read();
  });
}

test('a model whose model.json was edited is refused wherever it lies', async () => {
  const { modelKey } = await writeModel('a', 0);
  const text = Buffer.from(await store.read(`${modelKey}/model.json`)).toString();
  const weights = await store.read(`${modelKey}/weights.bin`);
  await store.write('copied/weights.bin', weights);
  const edits: Array<readonly [from: string | RegExp, to: string]> = [
    [/"bag",(\s*)"boot"/, '"boot",$1"bag"'],
    ['"relu"', '"elu"'],
    ['"temperature": 1', '"temperature": 2'],
    ['"height": 8', '"height": 9'],
    ['"fit": "cover"', '"fit": "contain"'],
    [/,\s*"modelHash": "[0-9a-f]+"/, ''],
    ['"topology"', '"topology"\n'],
  ];
  for (const key of [modelKey, 'copied']) {
    await store.write(`${key}/model.json`, Buffer.from(text));
    assert.deepEqual((await readModelCard(store, key)).classes, ['bag', 'boot']);
    for (const [from, to] of edits) {
      const edited = text.replace(from, to);
      if (edited === text) continue;
      await store.write(`${key}/model.json`, Buffer.from(edited));
      for (const read of [readModel, readModelCard, hasModelCard])
        await assert.rejects(read(store, key), (error: Error) => {
          assert.ok(error instanceof CorruptArtifactError, `${from}: ${error}`);
          return error.message.includes(`${key}/model.json`);
        });
    }
  }
});

test('a whole model in the place of another is refused', async () => {
  const [one, other] = [await writeModel('a', 0), await writeModel('a', 1)];
  for (const file of ['model.json', 'weights.bin'])
    await store.write(`${one.modelKey}/${file}`, await store.read(`${other.modelKey}/${file}`));
  await assert.rejects(readModel(store, one.modelKey), /which its folder's name says/);
});
