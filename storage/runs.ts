import { z } from 'zod';
import type { ArtifactStore } from '../domain/artifact-store.js';
import type { RunConfig } from '../domain/config.js';
import type { MethodReport, OpenedModel } from '../domain/methods.js';
import type { ArtifactKey, Evaluation, FullEvaluation, RunReport, TrainedModel } from '../domain/records.js';
import { encodeJson, readJson } from './json.js';
import { generationKeys, runKeys } from './keys.js';
import { type Lineage, lineageOf } from './runs/lineage.js';

/** Enough to tell a record from something else; the writers' types say the rest. */
const reportShape = z.looseObject({ runId: z.string(), generations: z.array(z.looseObject({})) });
const methodReportShape = z.looseObject({ runId: z.string(), method: z.string(), summary: z.string() });
const modelShape = z.looseObject({ modelKey: z.string() }).optional();
const reportedModelShape = z.looseObject({ champion: modelShape, model: modelShape }) as unknown as z.ZodType<
  Readonly<Partial<Record<'champion' | 'model', { readonly modelKey: ArtifactKey }>>>
>;
const lineageShape = z.looseObject({ runId: z.string(), models: z.array(z.looseObject({})) });
const evaluationShape = z.looseObject({
  accuracy: z.number(),
  perClass: z.array(z.looseObject({})),
  confusion: z.array(z.array(z.number())),
});
const rejectedShape = z.array(z.object({ path: z.string(), reason: z.string() }));
const openedShape = z.looseObject({ reference: z.string(), modelKey: z.string(), weightsHash: z.string() });
const trainedShape = z.object({
  inputHash: z.string(),
  model: z.looseObject({ modelKey: z.string(), weightsHash: z.string() }),
});

/** Writes a run's report, and beside it the lineage of its models. */
export async function writeRunReport(
  store: ArtifactStore,
  report: Omit<RunReport, 'reportKey'>,
  config: RunConfig,
): Promise<RunReport> {
  const keys = runKeys(report.runId);
  const whole: RunReport = { ...report, reportKey: keys.report };
  await store.write(keys.lineage, encodeJson(lineageOf(report, config)));
  await store.write(keys.report, encodeJson(whole));
  return whole;
}

/** @throws ArtifactMissingError when the run has none yet. */
export async function readRunReport(store: ArtifactStore, runId: string): Promise<RunReport> {
  return (await readJson(store, runKeys(runId).report, reportShape)) as unknown as RunReport;
}

/** The model that a run, or another method, has come to; undefined of methods that make none. */
export async function readReportedModel(
  store: ArtifactStore,
  runId: string,
): Promise<Readonly<Partial<Record<'champion' | 'model', { readonly modelKey: ArtifactKey }>>>> {
  return readJson(store, runKeys(runId).report, reportedModelShape);
}

/** Writes what a method has come to. */
export async function writeMethodReport<Report extends MethodReport>(
  store: ArtifactStore,
  report: Omit<Report, 'reportKey'> & Omit<MethodReport, 'reportKey'>,
): Promise<Report> {
  const reportKey = runKeys(report.runId).report;
  const whole = { ...report, reportKey };
  await store.write(reportKey, encodeJson(whole));
  return whole as unknown as Report;
}

/** @throws ArtifactMissingError when the method has not come to its report yet. */
export async function readMethodReport(store: ArtifactStore, runId: string): Promise<MethodReport> {
  return (await readJson(store, runKeys(runId).report, methodReportShape)) as unknown as MethodReport;
}

/** @throws ArtifactMissingError when the run has not come to its report yet. */
export async function readLineage(store: ArtifactStore, runId: string): Promise<Lineage> {
  return (await readJson(store, runKeys(runId).lineage, lineageShape)) as unknown as Lineage;
}

/** A picture that could not be used, and why. */
export type RejectedPicture = z.output<typeof rejectedShape>[number];

/** @throws ArtifactMissingError when the run has not read its pictures yet. */
export function readRejected(store: ArtifactStore, runId: string): Promise<readonly RejectedPicture[]> {
  return readJson(store, runKeys(runId).rejected, rejectedShape);
}

/** What a training came to. Written last: where it is, the model, predictions and series are whole. */
export async function writeTrained(
  store: ArtifactStore,
  key: ArtifactKey,
  model: TrainedModel,
  inputHash: string,
): Promise<void> {
  await store.write(key, encodeJson({ inputHash, model }));
}

/** What an earlier attempt's training came to, and what it was asked to do. */
export async function readTrained(
  store: ArtifactStore,
  key: ArtifactKey,
): Promise<{ readonly inputHash: string; readonly model: TrainedModel } | undefined> {
  if (!(await store.has(key))) return undefined;
  const { inputHash, model } = await readJson(store, key, trainedShape);
  return { inputHash, model: model as unknown as TrainedModel };
}

/** Keeps which model a name stood for, for the rest of the run. */
export async function writeOpened(store: ArtifactStore, key: ArtifactKey, model: OpenedModel): Promise<void> {
  await store.write(key, encodeJson(model));
}

/** The model of {@link writeOpened}, where there is one by that name. */
export async function readOpened(
  store: ArtifactStore,
  key: ArtifactKey,
  reference: string,
): Promise<OpenedModel | undefined> {
  if (!(await store.has(key))) return undefined;
  const model = await readJson(store, key, openedShape);
  return model.reference === reference ? (model as unknown as OpenedModel) : undefined;
}

/**
 * Keeps a measurement, class by class.
 * @returns what of it may go through histories, whatever the number of classes
 */
export async function writeEvaluation(
  store: ArtifactStore,
  key: ArtifactKey,
  evaluation: FullEvaluation,
): Promise<Evaluation> {
  await store.write(key, new TextEncoder().encode(JSON.stringify(evaluation)));
  const { perClass: _, confusion: __, ...small } = evaluation;
  return small;
}

/** @throws ArtifactMissingError when the generation has not been measured on the split. */
export async function readEvaluation(
  store: ArtifactStore,
  runId: string,
  generation: number,
  split: 'validation' | 'test',
): Promise<FullEvaluation> {
  const key = generationKeys(runId, generation).evaluation(split);
  return (await readJson(store, key, evaluationShape)) as unknown as FullEvaluation;
}

/** Writes a training's measurements, one JSON line a point. */
export async function writeSeries(
  store: ArtifactStore,
  key: ArtifactKey,
  points: readonly object[],
): Promise<void> {
  await store.write(
    key,
    new TextEncoder().encode(points.map((point) => `${JSON.stringify(point)}\n`).join('')),
  );
}

/** The points of {@link writeSeries}. */
export async function readSeries<Point>(store: ArtifactStore, key: ArtifactKey): Promise<Point[]> {
  const text = new TextDecoder().decode(await store.read(key));
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Point);
}
