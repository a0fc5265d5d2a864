import { imageBytes } from '../../domain/image-bytes.js';
import type { ImageShape } from '../../domain/records.js';
import type { StoredModel } from '../../domain/stored-model.js';
import type { BatchFunction } from '../models/in-batches.js';
import { type OpenClassifier, openClassifier } from '../models/predict.js';

export interface SpeedRequest {
  readonly image: ImageShape;
  /** Images per batch. */
  readonly batch?: number;
  /** How often each model classifies a batch. */
  readonly rounds?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

const WARM_UP = 3;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

async function secondsOf(classify: BatchFunction, pixels: Uint8Array, batch: number): Promise<number> {
  const started = performance.now();
  await classify(pixels, batch);
  return (performance.now() - started) / 1000;
}

/**
 * Measures how fast models classify. They take turns, so that other work on the machine slows all of them alike.
 * @returns images per second of each model, medians over the rounds
 */
export async function measureSpeeds(
  models: readonly StoredModel[],
  { image, batch = 128, rounds = 15, signal, onProgress }: SpeedRequest,
): Promise<number[]> {
  const opened: OpenClassifier[] = [];
  const pixels = new Uint8Array(batch * imageBytes(image)).fill(128);
  const seconds = models.map((): number[] => []);
  try {
    for (const model of models) opened.push(await openClassifier(model, image));
    for (let round = -WARM_UP; round < rounds; round++) {
      signal?.throwIfAborted();
      for (const [index, { classify }] of opened.entries()) {
        const taken = await secondsOf(classify, pixels, batch);
        if (round >= 0) seconds[index]!.push(taken);
      }
      onProgress?.(Math.max(0, round + 1), rounds);
    }
  } finally {
    for (const { dispose } of opened) dispose();
  }
  return seconds.map((taken) => batch / median(taken));
}
