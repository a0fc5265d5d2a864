import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Channels, Picture } from '../../../../../learning/augmentation/picture.js';

const FOLDER = new URL('../../../../../../test/golden/augmentation/', import.meta.url);

interface Place {
  readonly at: number;
  readonly width: number;
  readonly height: number;
  readonly channels: Channels;
}

/** What a reference made of an input. */
export interface Case extends Place {
  readonly reference: string;
  readonly op: string;
  // biome-ignore lint/suspicious/noExplicitAny: each operation has its own
  readonly args: any;
  readonly input: number;
  /** Levels by which an output may differ. */
  readonly tolerance: number;
}

export interface Table {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: each table has its own
  readonly [field: string]: any;
}

function unzip(name: string): Buffer {
  return gunzipSync(readFileSync(new URL(name, FOLDER)));
}

const pixels = unzip('vectors.bin.gz');
const [head, ...lines] = unzip('index.jsonl.gz')
  .toString()
  .split('\n')
  .map((line) => JSON.parse(line));

export const cases: readonly Case[] = lines.filter((line) => line.op !== undefined);
export const tables: readonly Table[] = lines.filter((line) => line.op === undefined);

/** A copy, at the start of a buffer of its own. */
export function pictureAt({ at, width, height, channels }: Place): Picture {
  return { width, height, channels, data: Uint8Array.from(pixels.subarray(at, at + width * height * channels)) };
}

export function inputOf({ input }: { readonly input: number }): Picture {
  return pictureAt(head.inputs[input]);
}
