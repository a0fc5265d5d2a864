import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { ArtifactStore } from '../../../domain/artifact-store.js';
import { ArtifactMissingError, CorruptArtifactError } from '../../../domain/errors.js';
import { selfTrainingConfig } from '../../../domain/methods/self-training.js';
import { evaluate } from '../../../learning/evaluation/evaluate.js';
import { readFloats, writeFloats } from '../../../storage/floats.js';
import { generationKeys } from '../../../storage/keys.js';
import { readModel, readModelCard, writeModel } from '../../../storage/models.js';
import { openStore } from '../../../storage/open-store.js';
import {
  readEvaluation,
  readReport,
  readSeries,
  writeEvaluation,
  writeReport,
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
  const { key } = await writeFloats(store, 'f', values.subarray(1));
  assert.deepEqual(await readFloats(store, key, 3), values.slice(1));
  await assert.rejects(readFloats(store, key, 4), CorruptArtifactError);
  const points = [
    { step: 1, loss: 1 / 3 },
    { step: 2, loss: 0 },
  ];
  assert.deepEqual(await readSeries(store, await writeSeries(store, 's', points)), points);
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
  assert.deepEqual(await readEvaluation(store, 'a', 'generation-1', 'test'), measured);
  await assert.rejects(readEvaluation(store, 'a', 'generation-1', 'validation'), ArtifactMissingError);
});

test('a report reads back as it was written, with its key', async () => {
  const config = selfTrainingConfig.parse({
    name: 'clothes',
    data: { labelled: { format: 'class-folders', path: 'x' } },
  });
  const report = {
    ...{ runId: 'a', method: 'self-training', name: 'clothes', config, summary: 'Done.' },
    ...{ startedAt: '2026-02-01T10:00:00.000Z', endedAt: '2026-02-01T11:00:00.000Z' },
    generations: [{ generation: 0, role: 'teacher', promoted: true }],
  };
  await assert.rejects(readReport(store, 'a'), ArtifactMissingError);
  const written = await writeReport(store, report);
  assert.deepEqual(written, { ...report, reportKey: 'runs/a/report' });
  assert.deepEqual(await readReport(store, 'a'), written);
});
