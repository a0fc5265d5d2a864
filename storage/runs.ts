import { z } from 'zod';
import type { ArtifactStore } from '../domain/artifact-store.js';
import { readHashed, writeHashed } from '../domain/hashed-artifact.js';
import { type LeftOut, leftOutList } from '../domain/left-out.js';
import type { PseudoLabelClassCount } from '../domain/pseudo-labels.js';
import type {
  ArtifactKey,
  Evaluation,
  FullEvaluation,
  OpenedModel,
  TrainedModel,
} from '../domain/records.js';
import type { RunReport } from '../domain/run.js';
import { encodeSealed, readSealed, writeSealed } from '../domain/sealed-record.js';
import type { TrainingIdentity } from '../domain/training-plan.js';
import { modelKeys, runKeys } from './keys.js';

/** Schemas that identify a record; the writers' types define the rest. */
const reportShape = z.looseObject({
  runId: z.string(),
  method: z.string(),
  summary: z.string(),
  model: z.looseObject({ modelKey: z.string() }).optional(),
});
const evaluationShape = z.looseObject({
  accuracy: z.number(),
  perClass: z.array(z.looseObject({})),
  confusion: z.array(z.array(z.number())),
});
const openedShape = z.looseObject({ reference: z.string(), modelKey: z.string(), weightsHash: z.string() });
const trainedShape = z.object({
  identity: z.record(z.string(), z.string()),
  model: z.looseObject({ modelKey: z.string(), weightsHash: z.string() }),
});

/** Writes the report of a run. */
export async function writeReport(
  store: ArtifactStore,
  report: Omit<RunReport, 'reportKey'>,
): Promise<RunReport> {
  const reportKey = runKeys(report.runId).report;
  const whole: RunReport = { ...report, reportKey };
  await writeSealed(store, reportKey, whole);
  return whole;
}

/** @throws ArtifactMissingError if the run has none yet */
export async function readReport(store: ArtifactStore, runId: string): Promise<RunReport> {
  return (await readSealed(store, runKeys(runId).report, reportShape)) as unknown as RunReport;
}

/** @throws ArtifactMissingError when the run has not read its pictures yet. */
export function readLeftOut(store: ArtifactStore, runId: string): Promise<readonly LeftOut[]> {
  return readSealed(store, runKeys(runId).leftOut, leftOutList);
}

/** Writes the result of a training; last, so that it implies that model, predictions and series are complete. */
export async function writeTrained(
  store: ArtifactStore,
  key: ArtifactKey,
  model: TrainedModel,
  identity: TrainingIdentity,
): Promise<void> {
  await writeSealed(store, key, { identity, model });
}

interface Trained {
  readonly identity: TrainingIdentity;
  readonly model: TrainedModel;
}

/** Reads the result of an earlier attempt at a training; undefined if there is none. */
export async function readTrained(store: ArtifactStore, key: ArtifactKey): Promise<Trained | undefined> {
  return (await store.has(key)) ? expectTrained(store, key) : undefined;
}

/** @throws ArtifactMissingError if the training has no result yet */
export async function expectTrained(store: ArtifactStore, key: ArtifactKey): Promise<Trained> {
  const { identity, model } = await readSealed(store, key, trainedShape);
  return { identity, model: model as unknown as TrainedModel };
}

/** Records the model that a reference resolved to, for the rest of the run. */
export async function writeOpened(store: ArtifactStore, key: ArtifactKey, model: OpenedModel): Promise<void> {
  await writeSealed(store, key, model);
}

/** Reads the record of {@link writeOpened}; undefined if there is none for the reference. */
export async function readOpened(
  store: ArtifactStore,
  key: ArtifactKey,
  reference: string,
): Promise<OpenedModel | undefined> {
  if (!(await store.has(key))) return undefined;
  const model = await readSealed(store, key, openedShape, {
    remedy: `Restore it from a backup, or delete it to open ${reference} anew.`,
  });
  return model.reference === reference ? (model as unknown as OpenedModel) : undefined;
}

/**
 * Writes an evaluation with its details by class.
 * @returns the evaluation without the details, which would be too large for histories
 */
export async function writeEvaluation(
  store: ArtifactStore,
  key: ArtifactKey,
  evaluation: FullEvaluation,
): Promise<Evaluation> {
  await writeSealed(store, key, evaluation);
  const { perClass: _, confusion: __, ...small } = evaluation;
  return small;
}

/**
 * @param model its name within the run: `generation-1`, `student`
 * @throws ArtifactMissingError if the model has not been measured on the split
 */
export async function readEvaluation(
  store: ArtifactStore,
  runId: string,
  model: string,
  split: 'validation' | 'test',
): Promise<FullEvaluation> {
  const key = modelKeys(runId, model).evaluation(split);
  return (await readSealed(store, key, evaluationShape)) as unknown as FullEvaluation;
}

/**
 * Writes a training's measurements as JSON lines.
 * @param name the key without the hash, with which it ends
 */
export async function writeSeries(
  store: ArtifactStore,
  name: ArtifactKey,
  points: readonly object[],
): Promise<ArtifactKey> {
  const lines = points.map((point) => `${JSON.stringify(point)}\n`).join('');
  return (await writeHashed(store, name, new TextEncoder().encode(lines))).key;
}

/** Reads the points of {@link writeSeries}. */
export async function readSeries<Point>(store: ArtifactStore, key: ArtifactKey): Promise<Point[]> {
  const text = new TextDecoder().decode(await readHashed(store, key));
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Point);
}

/** Writes the pseudo-label counts of every class. */
export async function writeClassCounts(
  store: ArtifactStore,
  key: ArtifactKey,
  byClass: readonly PseudoLabelClassCount[],
): Promise<void> {
  await writeSealed(store, key, byClass);
}

const pinnedShape = z.object({ hash: z.string() });

/** Stores a content hash unless one is stored already. */
export async function writePinned(store: ArtifactStore, key: ArtifactKey, hash: string): Promise<void> {
  await store.create(key, encodeSealed(key, { hash }));
}

/** @throws ArtifactMissingError if none is stored */
export async function readPinned(store: ArtifactStore, key: ArtifactKey): Promise<string> {
  const remedy = 'Restore it from a backup, or delete it to take the network as its file defines it now.';
  return (await readSealed(store, key, pinnedShape, { remedy })).hash;
}
