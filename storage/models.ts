import { z } from 'zod';
import type { ArtifactStore } from '../domain/artifact-store.js';
import { type ImageFit, imageFit } from '../domain/config/data.js';
import { hashOfValue, sha256 } from '../domain/hash.js';
import { changed, hashedKey, hashInKey, whyInvalid } from '../domain/hashed-artifact.js';
import type { ArtifactKey, ImageShape } from '../domain/records.js';
import type { StoredModel } from '../domain/stored-model.js';
import type { StoredWeights } from '../domain/training-plan.js';
import { encodeJson } from './json.js';

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

const MAKER = 'Apprentice';
const WEIGHTS = 'weights.bin';
const fileOf = (key: ArtifactKey) => `${key}/model.json`;

/** `model.json` in the tfjs layers format, with our metadata. */
const modelFile = z.object({
  format: z.literal('layers-model'),
  generatedBy: z.literal(MAKER),
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
    /** SHA-256 of the file without this field: layers, classes, image, temperature, and through its hash the weights. */
    modelHash: z.string(),
  }),
});

type ModelFile = z.output<typeof modelFile>;
type Card = Omit<ModelCard, 'weightsHash'>;

/**
 * Writes a model as a folder that plain tfjs can load: `tf.loadLayersModel('file://…/model.json')`.
 * @param key the folder
 * @returns the SHA-256 of the weights
 */
export async function writeModel(
  store: ArtifactStore,
  key: ArtifactKey,
  model: StoredModel,
  card: Card,
): Promise<string> {
  return write(store, key, model, describe(model, card));
}

/**
 * Writes a model like {@link writeModel}, into a folder whose name ends with the model's hash: who has the key can tell
 * whether the model is still the same.
 * @param name the folder without the hash
 */
export async function writeHashedModel(
  store: ArtifactStore,
  name: ArtifactKey,
  model: StoredModel,
  card: Card,
): Promise<StoredWeights> {
  const file = describe(model, card);
  const modelKey = hashedKey(name, file.userDefinedMetadata.modelHash);
  return { modelKey, weightsHash: await write(store, modelKey, model, file) };
}

function describe({ topology, weightSpecs, weights }: StoredModel, card: Card) {
  const userDefinedMetadata = { ...card, weightsHash: sha256(weights) };
  const file = {
    format: 'layers-model',
    generatedBy: MAKER,
    convertedBy: null,
    modelTopology: topology,
    weightsManifest: [{ paths: [WEIGHTS], weights: weightSpecs }],
    userDefinedMetadata,
  };
  // Hashed as it will be read back: JSON drops undefined values.
  const modelHash = hashOfValue(JSON.parse(JSON.stringify(file)));
  return { ...file, userDefinedMetadata: { ...userDefinedMetadata, modelHash } };
}

async function write(
  store: ArtifactStore,
  key: ArtifactKey,
  { weights }: StoredModel,
  file: ReturnType<typeof describe>,
): Promise<string> {
  await store.write(`${key}/${WEIGHTS}`, weights);
  // Last: model.json implies that the weights exist.
  await store.write(fileOf(key), encodeJson(file));
  return file.userDefinedMetadata.weightsHash;
}

/** The start of the hash that {@link writeHashedModel} put into a folder's name. */
function hashOfFolder(key: ArtifactKey): string | undefined {
  return /(^|\/)model-[^/]+$/.test(key) ? hashInKey(key) : undefined;
}

/** Reads model.json and checks its hash, and that of the key if it has one. */
async function readFile(store: ArtifactStore, key: ArtifactKey): Promise<ModelFile> {
  const bytes = await store.read(fileOf(key));
  const { file, received } = parse(store, key, bytes);
  const expected = file.userDefinedMetadata.modelHash;
  const named = hashOfFolder(key);
  if (received === expected && expected.startsWith(named ?? '')) return file;
  throw changed(store, fileOf(key), {
    received: `a model with the hash ${received}`,
    expected: received === expected ? `${named}…, which its folder's name says` : expected,
  });
}

function parse(store: ArtifactStore, key: ArtifactKey, bytes: Uint8Array) {
  try {
    const raw = JSON.parse(new TextDecoder().decode(bytes));
    const file = modelFile.parse(raw);
    const { modelHash: _, ...card } = raw.userDefinedMetadata;
    return { file, received: hashOfValue({ ...raw, userDefinedMetadata: card }) };
  } catch (error) {
    throw changed(store, fileOf(key), {
      received: `${bytes.length} bytes that are no model of Apprentice (${whyInvalid(error)})`,
      expected: 'the model.json that was written',
      cause: error,
    });
  }
}

/**
 * Reads the metadata of a model that Apprentice wrote.
 * @throws ArtifactMissingError when there is no model under the key
 * @throws CorruptArtifactError when model.json is not one of ours, or was changed
 */
export async function readModelCard(store: ArtifactStore, key: ArtifactKey): Promise<ModelCard> {
  const { modelHash: _, ...card } = (await readFile(store, key)).userDefinedMetadata;
  return card;
}

/**
 * Checks that a model is still what its key says, weights included; a key without a hash says nothing.
 * @throws ArtifactMissingError, CorruptArtifactError
 */
export async function expectIntact(store: ArtifactStore, key: ArtifactKey): Promise<void> {
  if (hashOfFolder(key) !== undefined) await readModel(store, key);
}

/**
 * Whether Apprentice wrote the model under a key.
 * @throws ArtifactMissingError when there is no model under the key
 * @throws CorruptArtifactError when it was changed since
 */
export async function hasModelCard(store: ArtifactStore, key: ArtifactKey): Promise<boolean> {
  const bytes = await store.read(fileOf(key));
  const isOurs = hashOfFolder(key) !== undefined || isOfMaker(bytes);
  if (isOurs) await readModelCard(store, key);
  return isOurs;
}

/** Whether a file says that Apprentice wrote it. One that was cut short says so at its beginning. */
function isOfMaker(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 200));
  return /^\s*\{\s*"format":\s*"layers-model",\s*"generatedBy":\s*"Apprentice"/.test(start);
}

/**
 * Reads a model and checks its hashes.
 * @throws ArtifactMissingError when there is no model under the key
 * @throws CorruptArtifactError when it is not the one that was written
 */
export async function readModel(store: ArtifactStore, key: ArtifactKey): Promise<StoredModel> {
  const file = await readFile(store, key);
  const weights = await store.read(`${key}/${WEIGHTS}`);
  const received = sha256(weights);
  const expected = file.userDefinedMetadata.weightsHash;
  if (received !== expected) {
    throw changed(store, `${key}/${WEIGHTS}`, {
      received: `${weights.length} bytes with the SHA-256 ${received}`,
      expected,
    });
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
