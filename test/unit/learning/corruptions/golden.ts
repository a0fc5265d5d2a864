import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CorruptionName, Severity } from '../../../../domain/corruption.js';
import type { Channels, Picture } from '../../../../learning/augmentation/picture.js';

interface Golden {
  readonly strengths: Readonly<
    Record<'small' | 'large', Readonly<Record<CorruptionName, readonly number[]>>>
  >;
  readonly pictures: ReadonlyArray<{
    readonly height: number;
    readonly width: number;
    readonly channels: Channels;
    readonly pixels: string;
  }>;
  readonly exact: ReadonlyArray<{
    readonly corruption: CorruptionName;
    readonly size: 'small' | 'large';
    readonly severity: Severity;
    readonly picture: number;
    readonly pixels: string;
  }>;
  readonly noise: ReadonlyArray<{
    readonly corruption: 'gaussian-noise' | 'shot-noise';
    readonly level: number;
    readonly strength: number;
    /** P(byte <= k) for k from 0 to 255. */
    readonly below: readonly number[];
  }>;
  readonly shares: readonly number[];
  readonly poisson: ReadonlyArray<{ readonly mean: number; readonly quantiles: readonly number[] }>;
}

const FILE = fileURLToPath(
  new URL('../../../../../test/golden/robustness/corruptions.json', import.meta.url),
);

export const golden = JSON.parse(readFileSync(FILE, 'utf8')) as Golden;

export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'base64'));
}

export const PICTURES: readonly Picture[] = golden.pictures.map(({ pixels, ...shape }) => ({
  ...shape,
  data: bytesOf(pixels),
}));
