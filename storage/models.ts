import { z } from 'zod';
import type { ArtifactStore } from '../domain/artifact-store.js';
import { type ImageFit, imageFit } from '../domain/config/data.js';
import { CorruptArtifactError } from '../domain/errors.js';
import { sha256 } from '../domain/hash.js';
import type { ArtifactKey, ImageShape } from '../domain/records.js';
import type { StoredModel } from '../domain/stored-model.js';
import { encodeJson, readJson } from './json.js';

/** What one needs to know of a model to use it on pictures; kept in its `userDefinedMetadata`. */
export interface ModelCard {
  readonly runId: string;
  readonly generation: number;
  readonly classes: readonly string[];
  readonly image: ImageShape;
  /** How pictures of another aspect ratio were brought to that shape. */
  readonly fit: ImageFit;
  /** SHA-256 over the weight file. */
  readonly weightsHash: string;
  /** That its probabilities are brought to, see learning/evaluation/temperature.ts; models without one have 1. */
  readonly temperature?: number | undefined;
  /** The first so many classes are a task apart, among which the temperature was not fitted, see taskBoundaryOf. */
  readonly taskBoundary?: number | undefined;
}

const WEIGHTS = 'weights.bin';

/** `model.json` of the tfjs layers format, with our card. */
const modelFile = z.object({
  format: z.literal('layers-model'),
  generatedBy: z.string(),
  convertedBy: z.null(),
  modelTopology: z.looseObject({}),
  weightsManifest: z.tuple([
    z.object({
      paths: z.tuple([z.literal(WEIGHTS)]),
      weights: z.array(
        z.object({
          name: z.string(),
          shape: z.array(z.int().min(0)),
          dtype: z.literal(['float32', 'int32', 'bool', 'string', 'complex64']),
        }),
      ),
    }),
  ]),
  userDefinedMetadata: z.object({
    runId: z.string(),
    generation: z.int(),
    classes: z.array(z.string()),
    image: z.object({ height: z.int(), width: z.int(), channels: z.literal([1, 3]) }),
    fit: imageFit,
    weightsHash: z.string(),
    temperature: z.number().positive().optional(),
    taskBoundary: z.int().min(1).optional(),
  }),
});

/**
 * Writes a model as a folder that plain tfjs opens: `tf.loadLayersModel('file://…/model.json')`.
 * @param key the folder
 * @returns the hash of its weights
 */
export async function writeModel(
  store: ArtifactStore,
  key: ArtifactKey,
  { topology, weightSpecs, weights }: StoredModel,
  card: Omit<ModelCard, 'weightsHash'>,
): Promise<string> {
  const weightsHash = sha256(weights);
  const file = {
    format: 'layers-model',
    generatedBy: 'Apprentice',
    convertedBy: null,
    modelTopology: topology,
    weightsManifest: [{ paths: [WEIGHTS], weights: weightSpecs }],
    userDefinedMetadata: { ...card, weightsHash },
  };
  await store.write(`${key}/${WEIGHTS}`, weights);
  // Last: where there is a model.json, there are its weights.
  await store.write(`${key}/model.json`, encodeJson(file));
  return weightsHash;
}

/**
 * @throws ArtifactMissingError when there is no model under the key
 * @throws CorruptArtifactError when its file is something else.
 */
export async function readModelCard(store: ArtifactStore, key: ArtifactKey): Promise<ModelCard> {
  return (await readJson(store, `${key}/model.json`, modelFile)).userDefinedMetadata;
}

/**
 * Whether a model is one that Apprentice has written.
 * @throws ArtifactMissingError when there is no model under the key
 */
export async function hasModelCard(store: ArtifactStore, key: ArtifactKey): Promise<boolean> {
  try {
    await readModelCard(store, key);
    return true;
  } catch (error) {
    if (error instanceof CorruptArtifactError) return false;
    throw error;
  }
}

/**
 * Reads a model back, its weights checked.
 * @throws ArtifactMissingError when there is no model under the key
 * @throws CorruptArtifactError when the weights are not the ones that were written.
 */
export async function readModel(store: ArtifactStore, key: ArtifactKey): Promise<StoredModel> {
  const file = await readJson(store, `${key}/model.json`, modelFile);
  const weights = await store.read(`${key}/${WEIGHTS}`);
  const received = sha256(weights);
  const expected = file.userDefinedMetadata.weightsHash;
  if (received !== expected) {
    throw new CorruptArtifactError(
      `model "${key}" in ${store.url}: received ${weights.length} bytes of weights with the hash ${received}, expected ${expected}`,
    );
  }
  return { topology: file.modelTopology, weightSpecs: file.weightsManifest[0].weights, weights };
}

/** @returns bytes of the two files of a model that has been read. @throws ArtifactMissingError when it is gone. */
export async function modelBytes(
  store: ArtifactStore,
  key: ArtifactKey,
  { weights }: Pick<StoredModel, 'weights'>,
): Promise<number> {
  return (await store.read(`${key}/model.json`)).byteLength + weights.byteLength;
}
