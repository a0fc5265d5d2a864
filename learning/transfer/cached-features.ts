import type { ArtifactStore } from '../../domain/artifact-store.js';
import { sha256, sha256Bytes, startSha256 } from '../../domain/hash.js';
import { imageBytes } from '../../domain/image-bytes.js';
import type { ArtifactKey } from '../../domain/records.js';
import type { StoredModel } from '../../domain/stored-model.js';
import type { ImageSet } from '../datasets/image-set.js';
import { type Features, featuresOf } from '../models/features.js';
import { eventLoopYielder, type YieldToEventLoop } from '../yield-to-event-loop.js';

/** Increase it when features of the same model and images change. */
const FORMAT = 1;
const HASH_BYTES = 32;
/** Images hashed between two yields to the event loop. */
const IMAGES_PER_YIELD = 256;

interface CachedRequest {
  readonly model: StoredModel;
  readonly images: ImageSet;
  readonly store: ArtifactStore;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Returns a model's features of all images of a set. They are kept in the store, by the content of model and images.
 * @throws ModelError as featuresOf
 * @throws the signal's reason when aborted
 */
export async function cachedFeatures({ store, ...request }: CachedRequest): Promise<Features> {
  const { model, images, signal, onProgress } = request;
  const yieldToEventLoop = eventLoopYielder(signal, () => onProgress?.(0, images.count));
  const key = await keyOf(model, images, yieldToEventLoop);
  const known = (await store.has(key)) && unpack(key, await store.read(key), images.count);
  if (known) {
    onProgress?.(images.count, images.count);
    return known;
  }
  const features = await featuresOf({ model, images, signal, onProgress });
  await store.write(key, pack(key, features));
  return features;
}

/** The key is a hash of the content: topology, weights and pixels. */
async function keyOf(
  { topology, weights }: StoredModel,
  images: ImageSet,
  yieldToEventLoop: YieldToEventLoop,
): Promise<ArtifactKey> {
  const model = sha256(JSON.stringify(topology), weights);
  const { height, width, channels } = images.shape;
  const pixels = startSha256(JSON.stringify([height, width, channels]));
  const image = new Uint8Array(imageBytes(images.shape));
  for (let position = 0; position < images.count; position++) {
    if (position % IMAGES_PER_YIELD === 0) await yieldToEventLoop();
    images.copy(position, image, 0);
    pixels.update(image);
  }
  return `features/${FORMAT}/${model}/${pixels.digest('hex')}`;
}

/** Returns the values followed by the SHA-256 of key and values. */
function pack(key: ArtifactKey, { features }: Features): Uint8Array {
  const values = new Uint8Array(features.buffer, features.byteOffset, features.byteLength);
  return Buffer.concat([values, sha256Bytes(key, values)]);
}

/** Returns undefined for damaged or other bytes: the features are then computed anew. */
function unpack(key: ArtifactKey, bytes: Uint8Array, images: number): Features | undefined {
  const values = bytes.slice(0, Math.max(0, bytes.byteLength - HASH_BYTES));
  const hash = sha256Bytes(key, values);
  const isWhole = hash.equals(bytes.subarray(values.byteLength));
  const width = values.byteLength / 4 / images;
  if (!isWhole || !Number.isInteger(width) || width === 0) return undefined;
  return { features: new Float32Array(values.buffer), width };
}
