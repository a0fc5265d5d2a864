import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import sharp from 'sharp';
import { DataError } from '../../../../../domain/errors.js';
import { DATA_FIELDS } from '../../../../../learning/datasets/data-fields.js';
import { chooseShape } from '../../../../../learning/datasets/decode/choose-shape.js';
import { plainShape } from '../../../../../learning/datasets/decode/plain-header.js';
import type { Picture } from '../../../../../learning/datasets/sources/source.js';
import { oddPictures } from '../../../../support/odd-pictures.js';
import {
  encodePicture,
  noise,
  type PictureKind,
  place,
  temporaryFolder,
} from '../../../../support/picture-files.js';

async function picturesOf(context: TestContext, kinds: readonly PictureKind[]): Promise<Picture[]> {
  const folder = await temporaryFolder(context);
  return Promise.all(
    kinds.map(async (kind, at) => {
      const file = await place(
        join(folder, `${String(at).padStart(3, '0')}.png`),
        await encodePicture(at, kind),
      );
      return { name: file, content: { file } };
    }),
  );
}

const GRAY: PictureKind = { channels: 1 };
const COLOUR: PictureKind = { channels: 3 };
const many = (count: number, kind: PictureKind) => Array<PictureKind>(count).fill(kind);
const counted = ({ leftOut }: Awaited<ReturnType<typeof chooseShape>>) =>
  leftOut.map(({ kind, count, of }) => [kind, count, of]);

it('a plain header says the same as the decoder library', async () => {
  let plain = 0;
  for (const [name, { bytes }] of Object.entries(await oddPictures())) {
    const shape = plainShape(Buffer.from(bytes));
    if (!shape || name.startsWith('bomb')) continue;
    const { autoOrient, space } = await sharp(bytes).metadata();
    const channels = space === 'b-w' ? 1 : 3;
    assert.deepEqual(shape, { width: autoOrient.width, height: autoOrient.height, channels }, name);
    plain++;
  }
  assert.ok(plain >= 4);
});

describe('the shape of all pictures', () => {
  it('has colour if a gray picture is the first by name, and says so', async (context) => {
    const pictures = await picturesOf(context, [...many(3, GRAY), ...many(37, COLOUR)]);
    const chosen = await chooseShape({}, pictures, [], DATA_FIELDS);
    assert.deepEqual(chosen.image, { height: 8, width: 8, channels: 3 });
    assert.deepEqual(counted(chosen), [['toColour', 3, 40]]);
    assert.equal(chosen.leftOut[0]!.examples[0]!.name, pictures[0]!.name);
  });

  it('is gray if one stray picture has colour, and the labelled ones decide', async (context) => {
    const pictures = await picturesOf(context, [COLOUR, ...many(39, GRAY)]);
    const others = await picturesOf(context, many(5, COLOUR));
    const chosen = await chooseShape({}, pictures, others, DATA_FIELDS);
    assert.equal(chosen.image.channels, 1);
    assert.deepEqual(counted(chosen), [['toGray', 6, 45]]);
  });

  it('is that of most pictures, or the median', async (context) => {
    const wide: PictureKind = { width: 30, height: 10 };
    const most = await chooseShape({}, await picturesOf(context, [wide, ...many(4, {})]), [], DATA_FIELDS);
    assert.deepEqual(most.image, { height: 8, width: 8, channels: 1 });
    assert.deepEqual(counted(most), [['resized', 1, 5]]);
    assert.equal(most.leftOut[0]!.examples[0]!.reason, '30 x 10');
    const sizes = [90, 12, 14, 16, 18].map((width) => ({ width, height: width + 1 }));
    const median = await chooseShape({}, await picturesOf(context, sizes), [], DATA_FIELDS);
    assert.deepEqual(median.image, { height: 17, width: 16, channels: 1 });
  });

  it('stays as configured, without a word', async (context) => {
    const pictures = await picturesOf(context, [GRAY, ...many(9, COLOUR)]);
    const gray = await chooseShape({ colour: 'gray' }, pictures, [], DATA_FIELDS);
    assert.deepEqual(gray, { image: { height: 8, width: 8, channels: 1 }, leftOut: [] });
    const sized = await chooseShape({ width: 20, height: 9 }, pictures, [], DATA_FIELDS);
    assert.deepEqual(
      [sized.image, counted(sized)],
      [{ height: 9, width: 20, channels: 3 }, [['toColour', 1, 10]]],
    );
  });

  it('comes from readable pictures, turned by EXIF, with headers of any length', async (context) => {
    const folder = await temporaryFolder(context);
    const turned = sharp(noise(1, 24 * 16 * 3), { raw: { width: 24, height: 16, channels: 3 } });
    const jpeg = await turned.withMetadata({ orientation: 6 }).jpeg().toBuffer();
    // A camera's preview pushes the frame header behind the first 64 KiB.
    const preview = Buffer.concat([Buffer.of(0xff, 0xe5, 0xea, 0x62), Buffer.alloc(60_000)]);
    const long = Buffer.concat([jpeg.subarray(0, 2), preview, preview, jpeg.subarray(2)]);
    const webp = await turned.clone().webp().toBuffer();
    const files = [Buffer.from('no picture'), long, jpeg, webp.subarray(0, webp.length)];
    const pictures = await Promise.all(
      files.map(async (bytes, at): Promise<Picture> => {
        const file = await place(join(folder, `${at}.jpg`), bytes);
        return { name: file, content: { file } };
      }),
    );
    const { image } = await chooseShape({}, pictures, [], DATA_FIELDS);
    assert.deepEqual(image, { height: 24, width: 16, channels: 3 });
    await assert.rejects(
      chooseShape({}, pictures.slice(0, 1), [], DATA_FIELDS),
      (error) =>
        error instanceof DataError &&
        /none of 1 pictures can be read, the first is .*0\.jpg/.test(error.message),
    );
  });
});
