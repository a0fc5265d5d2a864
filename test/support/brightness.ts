/** Three kinds of pictures that differ by their brightness, and models that tell them apart without any training. */
import { join } from 'node:path';
import sharp from 'sharp';
import type { DatasetRecord } from '../../domain/records.js';
import type { StoredModel } from '../../domain/stored-model.js';
import { tf } from '../../engine/tensorflow.js';
import { storeModel } from '../../learning/models/serialisation.js';
import { noise, place } from './picture-files.js';

const SIDE = 8;
const LEVELS: Readonly<Record<string, number>> = { bag: 40, coat: 120, dress: 200 };
/** Of the logits: soft enough that all classes have a share. */
const SOFTNESS = 4000;
/** Pixels differ by so much at most, to either side. */
const NOISE = 32;

/** Class folders of so many pictures each, no two alike; `first` sets one tree's pictures apart from another's. */
export async function placeBrightness(
  root: string,
  sizes: Readonly<Record<string, number>>,
  first = 0,
): Promise<string> {
  let number = first;
  for (const [name, count] of Object.entries(sizes)) {
    for (let index = 0; index < count; index++) {
      const pixels = noise(number++, SIDE * SIDE).map(
        (value) => LEVELS[name]! + Math.round((value / 255 - 0.5) * 2 * NOISE),
      );
      const raw = { width: SIDE, height: SIDE, channels: 1 } as const;
      const picture = await sharp(pixels, { raw }).toColourspace('b-w').png().toBuffer();
      await place(join(root, name, `${index}.png`), picture);
    }
  }
  return root;
}

/** The most probable class is the one whose brightness is nearest; its outputs are in the order of the classes. */
export async function brightnessModel({
  classes,
  image,
}: Pick<DatasetRecord, 'classes' | 'image'>): Promise<StoredModel> {
  const levels = classes.map((name) => LEVELS[name]!);
  const model = tf.sequential({
    layers: [
      tf.layers.globalAveragePooling2d({
        inputShape: [image.height, image.width, image.channels],
        dataFormat: 'channelsLast',
      }),
      tf.layers.dense({ units: classes.length }),
      tf.layers.softmax(),
    ],
  });
  model.layers[1]!.setWeights([
    tf.tensor2d([levels.map((level) => (2 * level) / SOFTNESS)]),
    tf.tensor1d(levels.map((level) => -(level ** 2) / SOFTNESS)),
  ]);
  const stored = await storeModel(model);
  model.dispose();
  return stored;
}
