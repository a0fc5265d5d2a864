import { z } from 'zod';
import type { ArtifactStore } from '../domain/artifact-store.js';
import { type ImageFit, imageFit } from '../domain/config/data.js';
import { CorruptArtifactError } from '../domain/errors.js';
import { sha256 } from '../domain/hash.js';
import type { ArtifactKey, ImageShape } from '../domain/records.js';
import type { StoredModel } from '../domain/stored-model.js';
import { encodeJson, readJson } from './json.js';

/** The metadata needed to run a model on images; stored as `userDefinedMetadata` in model.json. */
export interface ModelCard {
  readonly runId: string;
  readonly generation: number;
  readonly classes: readonly string[];
  readonly image: ImageShape;
  /** How images of another aspect ratio were resized. */
  readonly fit: ImageFit;
  /** SHA-256 of the weight file. */
  readonly weightsHash: string;
  /** Calibrates its probabilities, see learning/evaluation/temperature.ts. */
  readonly temperature: number;
  /** Number of leading classes that are a separate task, see taskBoundaryOf; the temperature is that of the others. */
  readonly taskBoundary?: number | undefined;
}

const WEIGHTS = 'weights.bin';

/** `model.json` in the tfjs layers format, with our metadata. */
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
    temperature: z.number().positive(),
    taskBoundary: z.int().min(1).optional(),
  }),
});

/**
 * Writes a model as a folder that plain tfjs can load: `tf.loadLayersModel('file://…/model.json')`.
 * @param key the folder
 * @returns the SHA-256 of the weights
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
  // Last: model.json implies that the weights exist.
  await store.write(`${key}/model.json`, encodeJson(file));
  return weightsHash;
}

/**
 * Reads the metadata of a model that Apprentice wrote.
 * @throws ArtifactMissingError when there is no model under the key
 * @throws CorruptArtifactError when model.json is not one of ours
 */
export async function readModelCard(store: ArtifactStore, key: ArtifactKey): Promise<ModelCard> {
  return (await readJson(store, `${key}/model.json`, modelFile)).userDefinedMetadata;
}

/**
 * Whether Apprentice wrote the model under a key.
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
 * Reads a model and checks the hash of its weights.
 * @throws ArtifactMissingError when there is no model under the key
 * @throws CorruptArtifactError when the weights are not the ones that were written
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

/**
 * Returns the size in bytes of a stored model's two files.
 * @throws ArtifactMissingError when there is no model under the key
 */
export async function modelBytes(
  store: ArtifactStore,
  key: ArtifactKey,
  { weights }: Pick<StoredModel, 'weights'>,
): Promise<number> {
  return (await store.read(`${key}/model.json`)).byteLength + weights.byteLength;
}
