import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { symlink, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import sharp from 'sharp';
import type { ImageShape } from '../../../../../domain/records.js';
import { decodePicture, probePicture } from '../../../../../learning/datasets/decode/decode-picture.js';
import { UnreadablePicture } from '../../../../../learning/datasets/decode/picture-file.js';
import type { Picture } from '../../../../../learning/datasets/sources/source.js';
import { hugePictures } from '../../../../support/odd-pictures.js';
import { encodePicture, noise, place, temporaryFolder } from '../../../../support/picture-files.js';

const GRAY_2: ImageShape = { width: 2, height: 2, channels: 1 };
const RGB_2: ImageShape = { width: 2, height: 2, channels: 3 };

async function pictureOf(context: TestContext, bytes: Uint8Array, name = 'picture.png'): Promise<Picture> {
  const file = await place(join(await temporaryFolder(context), name), bytes);
  return { name: file, content: { file } };
}

/** A 2 x 2 picture of given samples. */
function raw(channels: 1 | 2 | 3 | 4, ...samples: number[]) {
  return sharp(Uint8Array.from(samples), { raw: { width: 2, height: 2, channels } });
}

const RGBA = [255, 0, 0, 255, 0, 255, 0, 0, 0, 0, 255, 128, 255, 255, 255, 255];
const RGBA_ON_BLACK = [255, 0, 0, 0, 0, 0, 0, 0, 128, 255, 255, 255];

test('lossless formats decode to the encoded pixels', async (context) => {
  const shape: ImageShape = { width: 9, height: 11, channels: 3 };
  for (const bytes of [
    await encodePicture(1, { ...shape }),
    await sharp(noise(1, 297), { raw: shape }).webp({ lossless: true }).toBuffer(),
  ]) {
    const picture = await pictureOf(context, bytes);
    assert.deepEqual(await probePicture(picture), shape);
    assert.deepEqual(Uint8Array.from(await decodePicture(picture, shape, 'cover')), noise(1, 297));
  }
});

test('gray and rgb are converted to each other', async (context) => {
  const gray = await pictureOf(context, await raw(1, 0, 50, 100, 255).toColourspace('b-w').png().toBuffer());
  const three = await decodePicture(gray, RGB_2, 'cover');
  assert.deepEqual([...three], [0, 0, 0, 50, 50, 50, 100, 100, 100, 255, 255, 255]);
  const rgb = await pictureOf(
    context,
    await raw(3, ...three)
      .png()
      .toBuffer(),
  );
  assert.deepEqual([...(await decodePicture(rgb, GRAY_2, 'cover'))], [0, 50, 100, 255]);
});

test('alpha is composited over black', async (context) => {
  const picture = await pictureOf(
    context,
    await raw(4, ...RGBA)
      .png()
      .toBuffer(),
  );
  assert.deepEqual([...(await decodePicture(picture, RGB_2, 'cover'))], RGBA_ON_BLACK);
  const gray = await raw(2, 200, 255, 200, 0, 100, 255, 100, 0).toColourspace('b-w').png().toBuffer();
  const grayAlpha = await pictureOf(context, gray);
  assert.deepEqual(await probePicture(grayAlpha), GRAY_2);
  assert.deepEqual([...(await decodePicture(grayAlpha, GRAY_2, 'cover'))], [200, 0, 100, 0]);
});

test('16 bits become 8', async (context) => {
  const gray16 = await raw(1, 0, 50, 100, 255).toColourspace('grey16').png().toBuffer();
  const gray = await pictureOf(context, gray16);
  assert.equal((await sharp(gray16).metadata()).depth, 'ushort');
  assert.deepEqual([...(await decodePicture(gray, GRAY_2, 'cover'))], [0, 50, 100, 255]);
  const rgba16 = await raw(4, ...RGBA)
    .toColourspace('rgb16')
    .png()
    .toBuffer();
  assert.equal((await sharp(rgba16).metadata()).depth, 'ushort');
  const flat = await decodePicture(await pictureOf(context, rgba16), RGB_2, 'cover');
  for (const [index, value] of flat.entries()) {
    assert.ok(Math.abs(value - RGBA_ON_BLACK[index]!) <= 1, `sample ${index}: ${value}`);
  }
});

test('CMYK becomes rgb', async (context) => {
  const red = sharp({ create: { width: 16, height: 16, channels: 3, background: '#d02020' } });
  const bytes = await red.toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
  assert.equal((await sharp(bytes).metadata()).space, 'cmyk');
  const [r, g, b] = await decodePicture(await pictureOf(context, bytes, 'ink.jpg'), RGB_2, 'cover');
  assert.ok(r! > 150 && g! < 90 && b! < 90, `received ${r} ${g} ${b}`);
});

test('EXIF orientation is applied, to the size too', async (context) => {
  const pixels = Uint8Array.of(10, 20, 30, 200, 210, 220);
  const wide = sharp(pixels, { raw: { width: 2, height: 1, channels: 3 } });
  // 6: the camera was turned, rotate by 90 degrees clockwise to see it upright.
  const bytes = await wide.withMetadata({ orientation: 6 }).png().toBuffer();
  const picture = await pictureOf(context, bytes);
  const shape: ImageShape = { width: 1, height: 2, channels: 3 };
  assert.deepEqual(await probePicture(picture), shape);
  assert.deepEqual([...(await decodePicture(picture, shape, 'cover'))], [...pixels]);
});

test('an animation decodes to its first frame', async (context) => {
  const frames = Uint8Array.from({ length: 2 * 3 * 16 * 16 }, (_, index) => (index < 768 ? 250 : 5));
  const bytes = await sharp(frames, { raw: { width: 16, height: 32, channels: 3, pageHeight: 16 } })
    .webp({ lossless: true })
    .toBuffer();
  assert.equal((await sharp(bytes).metadata()).pages, 2);
  const picture = await pictureOf(context, bytes, 'moving.webp');
  assert.deepEqual(await probePicture(picture), { width: 16, height: 16, channels: 3 });
  assert.ok((await decodePicture(picture, RGB_2, 'cover')).every((value) => value === 250));
});

test('another aspect ratio is cropped, padded with black or stretched', async (context) => {
  const wide = sharp(Uint8Array.of(90, 90, 200, 200, 200, 200, 90, 90), {
    raw: { width: 4, height: 2, channels: 1 },
  });
  const picture = await pictureOf(context, await wide.toColourspace('b-w').png().toBuffer());
  assert.deepEqual([...(await decodePicture(picture, GRAY_2, 'cover'))], [90, 200, 200, 90]);
  const four: ImageShape = { width: 4, height: 4, channels: 1 };
  const contained = [...(await decodePicture(picture, four, 'contain'))];
  assert.deepEqual(contained, [0, 0, 0, 0, 90, 90, 200, 200, 200, 200, 90, 90, 0, 0, 0, 0]);
  const stretched = await decodePicture(picture, four, 'fill');
  assert.ok(stretched.every((value) => value > 0));
});

test('pixels of an archive are kept, or converted to the shape', async () => {
  const pixels = { data: Uint8Array.of(1, 2, 3, 4), ...GRAY_2 };
  const picture: Picture = { name: '#0', content: { shape: GRAY_2, pixels: async () => pixels } };
  assert.equal(await decodePicture(picture, GRAY_2, 'cover'), pixels.data);
  assert.deepEqual([...(await decodePicture(picture, RGB_2, 'cover'))], [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]);
});

test('pictures that can’t be decoded completely are rejected with a reason', async (context) => {
  const noisy = { width: 64, height: 64, channels: 3 } as const;
  const jpeg = await encodePicture(1, { ...noisy, format: 'jpeg' });
  const png = await encodePicture(1, noisy);
  const webp = await encodePicture(1, { ...noisy, format: 'webp' });
  const flipped = Buffer.from(png);
  flipped[png.length >> 1]! ^= 0xff;
  const cases: Array<[name: string, bytes: Uint8Array | string, reason: RegExp]> = [
    ['empty.png', new Uint8Array(), /empty file \(0 bytes\)/],
    ['text.jpg', 'hello, this is no picture', /neither JPEG, PNG nor WebP \(it starts with "hello, t"\)/],
    ['short.png', png.subarray(0, 6), /neither JPEG/],
    ['drawing.png', '<svg xmlns="http://www.w3.org/2000/svg"/>', /neither JPEG/],
    ['moving.png', 'GIF89a and more bytes', /GIF89a/],
    ['cut.jpg', jpeg.subarray(0, jpeg.length / 2), /./],
    ['cut.png', png.subarray(0, png.length / 2), /./],
    ['cut.webp', webp.subarray(0, webp.length / 2), /./],
    ['header.jpg', jpeg.subarray(0, 20), /./],
    ['flipped.png', flipped, /./],
    [
      'bomb.png',
      (await hugePictures(40_000)).png,
      /40000 x 40000 pixels by its header, more than 100 megapixels/,
    ],
  ];
  const folder = await temporaryFolder(context);
  for (const [name, bytes, reason] of cases) {
    const file = await place(join(folder, name), bytes as Uint8Array);
    await assert.rejects(
      decodePicture({ name, content: { file } }, GRAY_2, 'cover'),
      (error) =>
        error instanceof UnreadablePicture && reason.test(error.message) && !error.message.includes('\n'),
      name,
    );
  }
  for (const [file, reason] of [
    [join(folder, 'missing.png'), /no such file/],
    [folder, /a folder/],
    [join(folder, 'x'.repeat(300)), /its name is too long/],
  ] as const) {
    await assert.rejects(
      decodePicture({ name: file, content: { file } }, GRAY_2, 'cover'),
      (error) => error instanceof UnreadablePicture && error.access && reason.test(error.message),
    );
  }
});

test('a picture that is a pipe or a device, or far too large, is refused at once', {
  timeout: 5_000,
}, async (context) => {
  const folder = await temporaryFolder(context);
  const pipe = join(folder, 'pipe.png');
  execFileSync('mkfifo', [pipe]);
  const link = join(folder, 'zero.jpg');
  await symlink('/dev/zero', link);
  const decode = (file: string) => decodePicture({ name: file, content: { file } }, GRAY_2, 'cover');
  for (const file of [pipe, link]) {
    await assert.rejects(decode(file), { message: 'a pipe, socket or device', access: true });
  }
  const large = await place(join(folder, 'large.png'), await encodePicture(1));
  await truncate(large, 2 ** 30 + 1);
  await assert.rejects(decode(large), { message: 'larger than 1 GiB' });
  const other = await place(join(folder, 'other.png'), Buffer.from('no picture at all'));
  await truncate(other, 2 ** 40);
  await assert.rejects(decode(other), /neither JPEG, PNG nor WebP/);
});
