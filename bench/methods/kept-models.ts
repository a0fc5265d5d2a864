import { z } from 'zod';
import type { ArtifactStore } from '../../domain/artifact-store.js';
import type { Evaluation, ImageShape } from '../../domain/records.js';
import type { StoredModel } from '../../domain/stored-model.js';
import type { TrainingOutcome } from '../../learning/index.js';
import { readModel, writeModel } from '../../storage/models.js';

const factsSchema = z.object({
  parameters: z.int(),
  steps: z.int(),
  bestStep: z.int(),
  seconds: z.number(),
  temperature: z.number(),
  validation: z.object({
    images: z.int(),
    accuracy: z.number(),
    balancedAccuracy: z.number(),
    loss: z.number(),
    calibrationError: z.number(),
  }),
});

/** A trained model in the bench's store. */
export interface KeptModel {
  /** Hash of its recipe. */
  readonly hash: string;
  readonly model: StoredModel;
  readonly parameters: number;
  readonly steps: number;
  readonly bestStep: number;
  /** Seconds of its own training, without its teacher's. */
  readonly seconds: number;
  /** Calibrates its confidence on validation. */
  readonly temperature: number;
  readonly validation: Evaluation;
}

const keyOf = (hash: string) => `bench/models/${hash}`;

export async function readKept(store: ArtifactStore, hash: string): Promise<KeptModel | undefined> {
  const facts = `${keyOf(hash)}/facts`;
  // Written last: facts imply a model.
  if (!(await store.has(facts))) return undefined;
  const read = factsSchema.parse(JSON.parse(Buffer.from(await store.read(facts)).toString('utf8')));
  return { hash, ...read, model: await readModel(store, `${keyOf(hash)}/model`) };
}

export async function writeKept(
  store: ArtifactStore,
  hash: string,
  { model, parameters, steps, bestStep, seconds, temperature, validation }: TrainingOutcome,
  { classes, image }: { readonly classes: readonly string[]; readonly image: ImageShape },
): Promise<KeptModel> {
  const key = keyOf(hash);
  await writeModel(store, `${key}/model`, model, {
    runId: `bench-${hash}`,
    generation: 0,
    classes,
    image,
    fit: 'cover',
    temperature,
  });
  const { perClass: _, confusion: __, ...measured } = validation;
  const facts = { parameters, steps, bestStep, seconds, temperature, validation: measured };
  await store.write(`${key}/facts`, Buffer.from(JSON.stringify(facts)));
  return { hash, model, ...facts };
}
