import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import sharp from 'sharp';
import { keyedRandom } from '../../domain/random.js';

export interface PictureKind {
  readonly width?: number;
  readonly height?: number;
  readonly channels?: 1 | 3;
  readonly format?: 'png' | 'jpeg' | 'webp';
}

/** Noise that belongs to a number: different numbers, different pixels. */
export function noise(number: number, bytes: number): Uint8Array {
  const random = keyedRandom(number, 'test picture');
  return Uint8Array.from({ length: bytes }, () => random.word() & 0xff);
}

/** An encoded picture of {@link noise}, 8 x 8 gray PNG unless told otherwise. */
export function encodePicture(number: number, kind: PictureKind = {}): Promise<Buffer> {
  const { width = 8, height = 8, channels = 1, format = 'png' } = kind;
  const pixels = noise(number, width * height * channels);
  return sharp(pixels, { raw: { width, height, channels } })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .toFormat(format)
    .toBuffer();
}

/** A folder that goes away with the test. */
export async function temporaryFolder(context: Pick<TestContext, 'after'>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-test-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a file, its folders too. */
export async function place(path: string, content: Uint8Array | string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

/** Class folders of different pictures; `first` sets one tree's pictures apart from another's. */
export async function placeClasses(
  root: string,
  sizes: Readonly<Record<string, number>>,
  first = 0,
  kind: PictureKind = {},
): Promise<string> {
  let number = first;
  for (const [name, count] of Object.entries(sizes)) {
    await mkdir(join(root, name), { recursive: true });
    for (let index = 0; index < count; index++) {
      const extension = kind.format ?? 'png';
      await place(join(root, name, `${index}.${extension}`), await encodePicture(number++, kind));
    }
  }
  return root;
}
