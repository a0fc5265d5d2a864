import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  errorLines,
  HEAD,
  type Prediction,
  predictionRows,
  warningLines,
} from '../../../../cli/predict/prediction-rows.js';
import { table } from '../../../../cli/table.js';
import { decodeAll } from '../../../../learning/datasets/decode/decode-all.js';
import { rankClasses } from '../../../../learning/evaluation/rank-classes.js';
import { likeSamsung } from '../../../support/odd-jpegs.js';
import { encodePicture, noise, place, temporaryFolder } from '../../../support/picture-files.js';

test('the most probable classes come first, at most as many as there are', () => {
  const probabilities = new Float32Array([0.25, 0.5, 0.125]);
  assert.deepEqual(rankClasses(probabilities, ['bag', 'シャツ', 'coat'], 2), [
    { class: 'シャツ', probability: 0.5 },
    { class: 'bag', probability: 0.25 },
  ]);
  assert.equal(rankClasses(probabilities, ['bag', 'シャツ', 'coat'], 99).length, 3);
  const some = rankClasses(probabilities, ['bag', 'シャツ', 'coat'], 99, [0, 2]);
  assert.deepEqual(
    some.map((one) => one.class),
    ['bag', 'coat'],
  );
});

test('predictions are a table, errors are lines of their own', () => {
  const predictions: Prediction[] = [
    {
      image: 'a.png',
      guesses: [
        { class: 'ankle boot', probability: 0.982 },
        { class: 'シャツ', probability: 0.011 },
        { class: 'bag', probability: 0.004 },
      ],
    },
    { image: 'gone.png', error: 'no such file' },
    { image: 'photos/long name.png', guesses: [{ class: 'bag', probability: 1 }] },
  ];
  assert.deepEqual(table(HEAD, predictionRows(predictions), { right: [2] }), [
    'PICTURE               CLASS       PROBABILITY  THEN',
    'a.png                 ankle boot        98.2%  シャツ 1.1%, bag 0.4%',
    'photos/long name.png  bag              100.0%',
  ]);
  assert.deepEqual(errorLines(predictions), ['gone.png: no such file']);
});

test('a picture with errors in its file is used, with a warning', async (context) => {
  const jpeg = likeSamsung(await encodePicture(1, { channels: 3, format: 'jpeg' }));
  const image = await place(join(await temporaryFolder(context), 'samsung.jpg'), jpeg);
  const decoded = [];
  for await (const picture of decodeAll([image], { height: 8, width: 8, channels: 3 }, 'cover')) {
    decoded.push(picture);
  }
  const [first] = decoded;
  assert.ok(first && 'warning' in first);
  assert.deepEqual(
    warningLines([
      { image, guesses: [], warning: first.warning! },
      { image, guesses: [] },
    ]),
    [`${image}: used, but it has a wrong scan header`],
  );
});

test('pictures are decoded as for training, in their order, and a bad one yields its error', async (context) => {
  const folder = await temporaryFolder(context);
  const good = await place(join(folder, 'good.png'), await encodePicture(1));
  const text = await place(join(folder, 'text.png'), 'hello, I am a text');
  const gone = join(folder, 'gone.png');
  const decoded = [];
  for await (const picture of decodeAll(
    [gone, good, text, folder],
    { height: 8, width: 8, channels: 1 },
    'cover',
  )) {
    decoded.push('pixels' in picture ? { ...picture, pixels: new Uint8Array(picture.pixels) } : picture);
  }
  assert.deepEqual(decoded, [
    { image: gone, error: 'no such file' },
    { image: good, pixels: noise(1, 64) },
    { image: text, error: 'neither JPEG, PNG nor WebP (it starts with "hello, I")' },
    { image: folder, error: 'a folder' },
  ]);
});
