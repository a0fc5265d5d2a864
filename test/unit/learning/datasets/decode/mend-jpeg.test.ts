import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import sharp from 'sharp';
import type { ImageShape } from '../../../../../domain/records.js';
import { decodePicture } from '../../../../../learning/datasets/decode/decode-picture.js';
import { inspectPicture } from '../../../../../learning/datasets/decode/inspect-picture.js';
import { UnreadablePicture } from '../../../../../learning/datasets/decode/picture-file.js';
import {
  cutJpegs,
  likeSamsung,
  scansOf,
  withHarmlessErrors,
  withRestart,
} from '../../../../support/odd-jpegs.js';
import { noise, place, temporaryFolder } from '../../../../support/picture-files.js';

const SIZE = { width: 50, height: 35, channels: 3 } as const;
/** The own size; and one that JPEG decoders shrink to while they decode. */
const SHAPES: readonly ImageShape[] = [SIZE, { width: 4, height: 3, channels: 3 }];

const encode = (progressive: boolean, chromaSubsampling = '4:2:0') =>
  sharp(noise(1, 50 * 35 * 3), { raw: SIZE })
    .jpeg({ progressive, chromaSubsampling })
    .toBuffer();

async function fileOf(context: TestContext, bytes: Uint8Array) {
  const file = await place(join(await temporaryFolder(context), 'picture.jpg'), bytes);
  return { name: file, content: { file } };
}

async function decoded(context: TestContext, bytes: Uint8Array, shape: ImageShape) {
  const warnings: string[] = [];
  const picture = await fileOf(context, bytes);
  const pixels = await decodePicture(picture, shape, 'cover', (warning) => warnings.push(warning));
  return { pixels: Buffer.from(pixels), warnings };
}

const refused = (context: TestContext, bytes: Uint8Array, what: string) =>
  Promise.all(
    SHAPES.map((shape) =>
      assert.rejects(
        decoded(context, bytes, shape),
        (error) => error instanceof UnreadablePicture && /cut short/.test(error.message),
        what,
      ),
    ),
  );

describe('a JPEG with errors outside of its picture data', () => {
  it('of a Samsung camera (Se = 0) is used, with a warning', async (context) => {
    const whole = await encode(false);
    for (const shape of SHAPES) {
      const { pixels, warnings } = await decoded(context, likeSamsung(whole), shape);
      assert.deepEqual(pixels, (await decoded(context, whole, shape)).pixels);
      assert.deepEqual(warnings, ['it has a wrong scan header']);
    }
    const facts = await inspectPicture(await fileOf(context, likeSamsung(whole)));
    assert.equal(facts.warning, 'it has a wrong scan header');
  });

  it('is used if all of its blocks are there', async (context) => {
    for (const whole of [await encode(false), await encode(true), await encode(false, '4:4:4')]) {
      for (const [what, bytes] of Object.entries(withHarmlessErrors(whole))) {
        for (const shape of SHAPES) {
          const { pixels } = await decoded(context, bytes, shape);
          assert.deepEqual(pixels, (await decoded(context, whole, shape)).pixels, what);
        }
      }
    }
  });

  it('is refused if blocks are missing or broken', async (context) => {
    for (const whole of [await encode(false), await encode(true), await encode(false, '4:4:4')]) {
      // A file without an end marker, or with such an error too, is never used in part.
      for (const [what, bytes] of Object.entries(cutJpegs(whole))) {
        if (!what.startsWith('without') && what !== 'no data') continue;
        await refused(context, bytes, what);
      }
    }
    const cut = likeSamsung(cutJpegs(await encode(false))['all but five bytes']!);
    await refused(context, cut, 'Se = 0 and cut');
    const broken = likeSamsung(await encode(false));
    broken.fill(0xfe, scansOf(broken).end - 60, scansOf(broken).end - 40);
    await refused(context, broken, 'Se = 0 and a code that is none');
  });

  it('is refused if a progressive one lacks scans, with or without an end marker', async (context) => {
    const whole = await encode(true);
    const { starts } = scansOf(whole);
    assert.ok(starts.length > 3);
    for (const start of starts.slice(1)) {
      await refused(context, Buffer.concat([whole.subarray(0, start), Buffer.of(0xff, 0xd9)]), `to ${start}`);
      await refused(context, whole.subarray(0, start), `to ${start} without an end marker`);
    }
  });

  it('may have restart markers, in order', async (context) => {
    const shape: ImageShape = { width: 16, height: 8, channels: 1 };
    assert.deepEqual(await decoded(context, withRestart(), shape), {
      pixels: Buffer.alloc(128, 128),
      warnings: [],
    });
    const ended = await decoded(context, withRestart().subarray(0, -2), shape);
    assert.deepEqual(ended, { pixels: Buffer.alloc(128, 128), warnings: ['it has no end marker'] });
    await refused(context, withRestart(0xd3).subarray(0, -2), 'a wrong restart marker');
  });
});
