import { z } from 'zod';
import { CorruptArtifactError } from '../../domain/errors.js';
import { sha256 } from '../../domain/hash.js';
import type { TrainingState } from '../../domain/training-state.js';

const content = z.object({
  step: z.int().min(0),
  /** In the order of their bytes in the binary. */
  tensors: z.array(
    z.object({
      name: z.string(),
      dtype: z.literal(['float32', 'int32']),
      shape: z.array(z.int().min(0)),
      bytes: z.int().min(0),
    }),
  ),
  notes: z.record(z.string(), z.unknown()),
});

/** Describes the bytes of a checkpoint; written after them. */
export const manifest = z.object({
  format: z.literal(1),
  content,
  /** SHA-256 over the content as compact JSON, and the bytes of all tensors. */
  hash: z.string(),
});

export type Manifest = z.output<typeof manifest>;

const hashOf = (described: z.output<typeof content>, bytes: Uint8Array) =>
  sha256(JSON.stringify(described), bytes);

/** Packs a training state into one binary and its manifest. */
export function packState({ step, tensors, notes }: TrainingState): {
  manifest: Manifest;
  bytes: Uint8Array;
} {
  const bytes = Buffer.concat(tensors.map((tensor) => tensor.bytes));
  const described = tensors.map(({ name, dtype, shape, bytes: { byteLength } }) => {
    return { name, dtype, shape: [...shape], bytes: byteLength };
  });
  // Hash the content as it will be read back: JSON drops undefined values.
  const packed = JSON.parse(JSON.stringify({ step, tensors: described, notes })) as z.output<typeof content>;
  return { manifest: { format: 1, content: packed, hash: hashOf(packed, bytes) }, bytes };
}

/**
 * Restores the state from the parts that {@link packState} returns.
 * @throws CorruptArtifactError when the bytes don't match the manifest
 */
export function unpackState(
  { content: { step, tensors, notes }, hash }: Manifest,
  bytes: Uint8Array,
): TrainingState {
  const received = hashOf({ step, tensors, notes }, bytes);
  if (received !== hash) {
    throw new CorruptArtifactError(
      `checkpoint of step ${step}: received ${bytes.length} bytes with the hash ${received}, expected ${hash}`,
    );
  }
  let offset = 0;
  const unpacked = tensors.map(({ bytes: length, ...tensor }) => {
    offset += length;
    return { ...tensor, bytes: bytes.subarray(offset - length, offset) };
  });
  return { step, tensors: unpacked, notes };
}
