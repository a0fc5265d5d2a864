import type { ArtifactStore } from '../../domain/artifact-store.js';
import { CorruptArtifactError } from '../../domain/errors.js';
import { readHashed, writeHashed } from '../../domain/hashed-artifact.js';
import type { ArtifactKey } from '../../domain/records.js';
import type { StoredBytes } from '../../domain/training-plan.js';
import type { PseudoLabels } from './pseudo-labels.js';

const MAGIC = 0x31_4c_50_41; // "APL1"
const HEADER_WORDS = 5;

/** Flags in the header's second word. */
const SOFT = 1;
const WEIGHTED = 2;

/** @param name the key without the hash, with which it ends */
export function writePseudoLabels(
  store: ArtifactStore,
  name: ArtifactKey,
  pseudoLabels: PseudoLabels,
): Promise<StoredBytes> {
  return writeHashed(store, name, packPseudoLabels(pseudoLabels));
}

/**
 * @param images number of unlabelled images that the labels belong to
 * @throws CorruptArtifactError when the bytes are others than were written, or name images that are not there
 */
export async function readPseudoLabels(
  store: ArtifactStore,
  key: ArtifactKey,
  images: number,
): Promise<PseudoLabels> {
  const labels = unpackPseudoLabels(await readHashed(store, key));
  expectBelow(key, 'position', labels.positions, images);
  expectBelow(key, 'example', labels.examples, labels.positions.length);
  return labels;
}

function expectBelow(key: ArtifactKey, what: string, values: Uint32Array, limit: number): void {
  const wrong = values.find((value) => value >= limit);
  if (wrong === undefined) return;
  throw new CorruptArtifactError(
    `pseudo-labels "${key}": received ${what} ${wrong}, expected numbers below ${limit}: remove the file and start the run again with its id, so that the labels are made anew`,
  );
}

/** Serialises pseudo-labels: header, positions, examples, targets, weights if any; little-endian 32-bit words. */
export function packPseudoLabels(pseudoLabels: PseudoLabels): Uint8Array {
  const { kind, classes, positions, targets, examples, weights } = pseudoLabels;
  const flags = (kind === 'soft' ? SOFT : 0) | (weights ? WEIGHTED : 0);
  const header = Uint32Array.of(MAGIC, flags, classes, positions.length, examples.length);
  const parts = [header, positions, examples, targets, ...(weights ? [weights] : [])];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), offset);
    offset += part.byteLength;
  }
  return bytes;
}

/**
 * Parses the bytes of {@link packPseudoLabels}.
 * @throws CorruptArtifactError when the bytes have another format or length
 */
export function unpackPseudoLabels(bytes: Uint8Array): PseudoLabels {
  // Copies the bytes: typed arrays of 32-bit words need an aligned start.
  const buffer = bytes.slice().buffer;
  const [magic, flags, classes, kept, examples] = new Uint32Array(
    buffer,
    0,
    Math.min(HEADER_WORDS, buffer.byteLength >> 2),
  );
  const isWeighted = (flags! & WEIGHTED) !== 0;
  const unweighted = HEADER_WORDS + kept! + examples! + kept! * classes!;
  const words = unweighted + (isWeighted ? kept! : 0);
  if (magic !== MAGIC || buffer.byteLength !== words * 4) {
    throw new CorruptArtifactError(
      `pseudo-labels: received ${bytes.length} bytes, expected ${words * 4} that start with APL1`,
    );
  }
  const view = (first: number, count: number) => new Uint32Array(buffer, first * 4, count);
  return {
    kind: flags! & SOFT ? 'soft' : 'hard',
    classes: classes!,
    positions: view(HEADER_WORDS, kept!),
    examples: view(HEADER_WORDS + kept!, examples!),
    targets: new Float32Array(buffer, (HEADER_WORDS + kept! + examples!) * 4, kept! * classes!),
    ...(isWeighted && { weights: new Float32Array(buffer, unweighted * 4, kept!) }),
  };
}
