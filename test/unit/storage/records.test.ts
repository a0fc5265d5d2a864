import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { ArtifactStore } from '../../../domain/artifact-store.js';
import { type GenerationRecord, type SelfTrainingConfig, selfTrainingConfig } from '../../../domain/methods/self-training.js';
import { ArtifactMissingError, CorruptArtifactError } from '../../../domain/errors.js';
import type { RunReport } from '../../../domain/records.js';
import { evaluate } from '../../../learning/evaluation/evaluate.js';
import { readFloats, writeFloats } from '../../../storage/floats.js';
import { generationKeys } from '../../../storage/keys.js';
import { readModel, readModelCard, writeModel } from '../../../storage/models.js';
import { openStore } from '../../../storage/open-store.js';
import { lineageOf } from '../../../storage/runs/lineage.js';
import {
  readEvaluation,
  readLineage,
  readRunReport,
  readSeries,
  writeEvaluation,
  writeRunReport,
  writeSeries,
} from '../../../storage/runs.js';

let root: string;
let store: ArtifactStore;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'apprentice-records-'));
  store = openStore(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const MODEL = {
  topology: { class_name: 'Model', config: { layers: [] } },
  weightSpecs: [{ name: 'dense/kernel', shape: [2, 2], dtype: 'float32' as const }],
  weights: new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer),
};
const CARD = {
  runId: 'a',
  generation: 1,
  classes: ['bag', 'シャツ'],
  image: { height: 8, width: 8, channels: 3 as const },
  fit: 'contain' as const,
  temperature: 1.5,
};

test('a model reads back as it was written, with its metadata', async () => {
  await writeModel(store, 'runs/a/model', MODEL, CARD);
  const read = await readModel(store, 'runs/a/model');
  assert.deepEqual({ ...read, weights: new Uint8Array(read.weights) }, MODEL);
  const { weightsHash, ...card } = await readModelCard(store, 'runs/a/model');
  assert.deepEqual(card, CARD);
  assert.match(weightsHash, /^[0-9a-f]{64}$/);
});

test('a model with changed weights, or without a model.json, does not load', async () => {
  await assert.rejects(readModel(store, 'runs/none'), ArtifactMissingError);
  await writeModel(store, 'm', MODEL, CARD);
  await store.write('m/weights.bin', new Uint8Array(16));
  await assert.rejects(readModel(store, 'm'), CorruptArtifactError);
  await store.write('m/model.json', Buffer.from('<html>'));
  await assert.rejects(readModel(store, 'm'), CorruptArtifactError);
});

test('values and series read back exactly', async () => {
  const values = Float32Array.of(0.1, -0, 1e-40, 3);
  await writeFloats(store, 'f', values.subarray(1));
  assert.deepEqual(await readFloats(store, 'f', 3), values.slice(1));
  await assert.rejects(readFloats(store, 'f', 4), CorruptArtifactError);
  const points = [
    { step: 1, loss: 1 / 3 },
    { step: 2, loss: 0 },
  ];
  await writeSeries(store, 's', points);
  assert.deepEqual(await readSeries(store, 's'), points);
});

test('an evaluation of a thousand classes is stored whole and returned as a few numbers', async () => {
  const classes = 1000;
  const labels = Int32Array.from({ length: classes }, (_, image) => image);
  const probabilities = new Float32Array(classes * classes);
  for (const label of labels) probabilities[label * classes + Math.floor(label / 2)] = 1;
  const measured = evaluate(probabilities, labels, classes);
  const small = await writeEvaluation(store, generationKeys('a', 1).evaluation('test'), measured);
  assert(JSON.stringify(small).length < 300, JSON.stringify(small));
  assert.equal(small.accuracy, 1 / classes);
  assert.deepEqual(await readEvaluation(store, 'a', 1, 'test'), measured);
  await assert.rejects(readEvaluation(store, 'a', 1, 'validation'), ArtifactMissingError);
});

test('a hash of a value does not depend on the order of its keys', () => {
  assert.equal(
    hashOfValue({ a: 1, b: { c: [1, 2], d: null } }),
    hashOfValue({ b: { d: null, c: [1, 2] }, a: 1 }),
  );
  assert.notEqual(hashOfValue({ a: [1, 2] }), hashOfValue({ a: [2, 1] }));
  assert.equal(hashOfValue({ a: 1, b: undefined }), hashOfValue({ a: 1 }));
});

function generation(number: number, promoted: boolean): GenerationRecord {
  const model = {
    modelKey: `runs/a/generation-${number}/model`,
    generation: number,
    weightsHash: `hash-${number}`,
  };
  const labels = { pseudoLabels: { key: `runs/a/generation-${number}/pseudo-labels/selected` } };
  return {
    generation: number,
    role: number === 0 ? 'teacher' : 'student',
    model,
    ...(number > 0 && labels),
    promoted,
    ...(promoted && { version: number + 1 }),
  } as GenerationRecord;
}

test("a run's lineage names the model that its teacher is a copy of", () => {
  const from = {
    reference: 'shoes',
    name: 'shoes@2',
    modelKey: 'runs/b/student/model',
    weightsHash: 'hash-0',
  };
  const generations = [{ ...generation(0, true), from }, generation(1, true)];
  const report = { runId: 'a', dataset: {}, generations } as unknown as RunReport;
  const { models } = lineageOf(report, {} as SelfTrainingConfig);
  assert.deepEqual(
    models.map((model) => model.from),
    [from, undefined],
  );
});

test("a run's lineage says which teacher made which labels for which student", async () => {
  const config = selfTrainingConfig.parse({
    name: 'clothes',
    data: { labelled: { format: 'class-folders', path: 'x' } },
  });
  const report = {
    runId: 'a',
    dataset: { contentHash: 'abc', splitKey: 'runs/a/split' },
    generations: [generation(0, true), generation(1, false), generation(2, true), generation(3, true)],
  } as unknown as RunReport;
  assert.equal((await writeRunReport(store, report, config)).reportKey, 'runs/a/report');
  assert.deepEqual((await readRunReport(store, 'a')).generations, report.generations);
  const lineage = await readLineage(store, 'a');
  assert.equal(lineage.datasetHash, 'abc');
  assert.deepEqual(
    lineage.models.map(({ model, labelledBy, pseudoLabelsKey }) => [
      model.weightsHash,
      labelledBy?.weightsHash,
      pseudoLabelsKey,
    ]),
    [
      ['hash-0', undefined, undefined],
      ['hash-1', 'hash-0', 'runs/a/generation-1/pseudo-labels/selected'],
      ['hash-2', 'hash-0', 'runs/a/generation-2/pseudo-labels/selected'],
      ['hash-3', 'hash-2', 'runs/a/generation-3/pseudo-labels/selected'],
    ],
  );
});
