import { findModel, localStore } from '../../client/local-store.js';
import type { ImageFit } from '../../domain/config/data.js';
import { type Decoded, decodeAll } from '../../learning/datasets/decode/decode-all.js';
import { rankClasses } from '../../learning/evaluation/rank-classes.js';
import { EXIT } from '../exit-codes.js';
import { openModel, type ReadyModel } from '../predict/open-model.js';
import {
  errorLines,
  HEAD,
  type Prediction,
  predictionRows,
  warningLines,
} from '../predict/prediction-rows.js';
import { selectClasses } from '../predict/select-classes.js';
import { note, print, printJson } from '../streams.js';
import { table } from '../table.js';
import { runEngineTask } from '../tensorflow/run-task.js';

interface Options {
  readonly top: number;
  readonly fit?: ImageFit;
  /** Class names or comma-separated lists of them; all classes if empty. */
  readonly classes: readonly string[];
  readonly json?: boolean;
}

/** Bytes of decoded pixels per message to TensorFlow's process. */
const MESSAGE_BYTES = 256 * 2 ** 20;

/** `apprentice predict MODEL IMAGE…`: needs no server. */
export async function predict(wanted: string, images: readonly string[], options: Options): Promise<void> {
  const found = await findModel(wanted, localStore(process.env));
  const opened = await openModel(found);
  const { card } = opened;
  const fit = options.fit ?? card.fit;
  const isAll = options.classes.length === 0;
  const only = isAll ? undefined : selectClasses(options.classes, card.classes, found.name);
  const predictions: Prediction[] = [];
  for await (const chunk of chunks(decodeAll(images, card.image, fit))) {
    predictions.push(...(await predictChunk(chunk, opened, options.top, only)));
  }
  const errors = errorLines(predictions);
  if (options.json) printJson({ model: found.name, fit, ...classesOf(only, card), images: predictions });
  else if (errors.length < predictions.length)
    print(...table(HEAD, predictionRows(predictions), { right: [2] }));
  for (const line of [...warningLines(predictions), ...errors]) note(line);
  if (errors.length > 0) process.exitCode = EXIT.failed;
}

function warningOf({ warning }: { readonly warning?: string }) {
  return warning === undefined ? {} : { warning };
}

function classesOf(only: readonly number[] | undefined, { classes }: ReadyModel['card']) {
  return only && { classes: only.map((number) => classes[number]) };
}

async function* chunks(pictures: AsyncIterable<Decoded>): AsyncGenerator<Decoded[]> {
  let chunk: Decoded[] = [];
  let bytes = 0;
  for await (const picture of pictures) {
    chunk.push(picture);
    bytes += 'pixels' in picture ? picture.pixels.length : 0;
    if (bytes < MESSAGE_BYTES) continue;
    yield chunk;
    chunk = [];
    bytes = 0;
  }
  if (chunk.length > 0) yield chunk;
}

async function predictChunk(
  pictures: readonly Decoded[],
  { model, card: { image: shape, classes, temperature } }: ReadyModel,
  top: number,
  only: readonly number[] | undefined,
): Promise<Prediction[]> {
  const readable = pictures.flatMap((picture) => ('pixels' in picture ? [picture.pixels] : []));
  const probabilities =
    readable.length === 0
      ? new Float32Array(0)
      : await runEngineTask('predictPixels', {
          model,
          shape,
          temperature,
          only,
          pixels: new Uint8Array(Buffer.concat(readable)),
        });
  let row = 0;
  return pictures.map((picture) => {
    if ('error' in picture) return picture;
    const start = row++ * classes.length;
    const own = probabilities.subarray(start, start + classes.length);
    return { image: picture.image, guesses: rankClasses(own, classes, top, only), ...warningOf(picture) };
  });
}
