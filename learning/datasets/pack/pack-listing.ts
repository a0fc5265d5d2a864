import { availableParallelism } from 'node:os';
import type { ArtifactStore } from '../../../domain/artifact-store.js';
import type { ImageFit } from '../../../domain/config/data.js';
import type { LeftOut } from '../../../domain/left-out.js';
import type { ImageShape } from '../../../domain/records.js';
import { LeftOutCollector } from '../collect-left-out.js';
import type { ChosenShape } from '../decode/choose-shape.js';
import { decodePicture } from '../decode/decode-picture.js';
import { inOrder } from '../decode/in-order.js';
import { UnreadablePicture } from '../decode/picture-file.js';
import type { Listing } from '../listing.js';
import { PARTS, type Part } from '../parts.js';
import type { Picture } from '../sources/source.js';
import { type Manifest, writeManifest } from './manifest.js';
import { ShardWriter } from './shard-writer.js';

/** A picture that was left out. */
export interface Rejection {
  readonly path: string;
  readonly reason: string;
  readonly part: Part;
}

export interface Work {
  readonly store: ArtifactStore;
  /** Receives the number of pictures done and of all known so far. */
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
  /** Called with the error of a stored artifact that is not as it was written, and is made anew. */
  readonly onBroken?: ((error: Error) => void) | undefined;
}

export interface Packed {
  readonly contentHash: string;
  readonly manifest: Manifest;
  readonly rejected: readonly Rejection[];
  /** Pictures with errors in their files that decoded completely, and pictures of another shape than the packed ones. */
  readonly leftOut: readonly LeftOut[];
  /** False if packing again may read more pictures: permissions were missing or files were gone. */
  readonly isFinal: boolean;
}

interface Item {
  readonly part: Part;
  readonly picture: Picture;
}

/** Decoders run in libuv's threads (4 by default); a queue of pictures keeps them busy. */
const AHEAD = 2 * Math.max(4, availableParallelism());

async function tryToDecode(item: Item, image: ImageShape, fit: ImageFit) {
  let warning: string | undefined;
  const onWarning = (about: string) => {
    warning = about;
  };
  try {
    const pixels = await decodePicture(item.picture, image, fit, onWarning);
    return { ...item, pixels, ...(warning !== undefined && { warning }) };
  } catch (error) {
    if (error instanceof UnreadablePicture) return { ...item, error };
    throw error;
  }
}

/**
 * Decodes all listed pictures into shards in the store. Leaves unreadable ones out and returns them as rejected.
 * @throws the signal's reason when aborted
 */
export async function packListing(
  { classes, pictures }: Listing,
  { image, leftOut }: ChosenShape,
  fit: ImageFit,
  { store, onProgress, signal }: Work,
): Promise<Packed> {
  const items = PARTS.flatMap((part) => pictures[part].map((picture): Item => ({ part, picture })));
  const labels = new Map(classes.map((name, index) => [name, index]));
  const writer = new ShardWriter(store, image);
  const parts = { labelled: 0, unlabelled: 0, test: 0 };
  const rejected: Rejection[] = [];
  const mended = new LeftOutCollector();
  let isFinal = true;
  let done = 0;
  for await (const result of inOrder(items, AHEAD, (item) => tryToDecode(item, image, fit))) {
    signal.throwIfAborted();
    const { part, picture } = result;
    if ('error' in result) {
      rejected.push({ path: picture.name, reason: result.error.message, part });
      isFinal &&= !result.error.access;
    } else {
      // Labels of the unlabelled source are not used.
      const label = part === 'unlabelled' ? undefined : picture.label;
      await writer.append(result.pixels, label === undefined ? -1 : labels.get(label)!);
      parts[part]++;
      if (result.warning !== undefined) mended.add('mended', picture.name, result.warning);
    }
    onProgress(++done, items.length);
  }
  const written = await writer.finish();
  const manifest: Manifest = {
    format: 'apprentice-dataset-1',
    image,
    classes: [...classes],
    parts,
    ...written,
  };
  return {
    contentHash: await writeManifest(store, manifest),
    manifest,
    rejected,
    leftOut: [...leftOut, ...mended.list()],
    isFinal,
  };
}
