import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ModelError } from '../../domain/errors.js';
import type { TensorFlow } from '../../engine/tensorflow.js';
import { efficientNetLite } from './efficientnet-lite.js';
import { loadWeights } from './load-weights.js';
import { readStateDict } from './pytorch/read-state-dict.js';
import { BACKBONES, type BackboneName } from './table.js';
import { weightNames } from './weight-names.js';

/**
 * Returns a pretrained network with its ImageNet head. The caller disposes it.
 * @param file its .pth file, as `apprentice setup --backbones` fetches it
 * @throws ModelError when the file is missing or is not the pinned one
 */
export async function loadBackbone(name: BackboneName, file: string): Promise<TensorFlow.LayersModel> {
  const entry = BACKBONES[name];
  const bytes = await readPinned(file, entry.source.sha256);
  const network = efficientNetLite(entry);
  try {
    loadWeights(network, weightNames(entry), readStateDict(bytes, file), file);
    return network;
  } catch (error) {
    network.dispose();
    throw error;
  }
}

async function readPinned(file: string, expected: string): Promise<Uint8Array> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new ModelError(
      `${file}: received no readable file, expected pretrained weights: run \`apprentice setup --backbones\``,
      { cause: error },
    );
  });
  const received = createHash('sha256').update(bytes).digest('hex');
  if (received === expected) return bytes;
  throw new ModelError(
    `${file}: received a file with SHA-256 ${received}, expected ${expected}: delete it and run \`apprentice setup --backbones\``,
  );
}
