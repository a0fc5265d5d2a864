import { ATTRIBUTE, DATA_TYPE, nodeBackend, type OperationAttribute } from './binding.js';
import { attribute, runKernel } from './kernel.js';
import { type TensorFlow, tf } from './tensorflow.js';

/** Packed uint8 pixels, row by row, channels last. */
export interface DecodedJpeg {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

function uint8(name: string): OperationAttribute {
  return { name, type: ATTRIBUTE.type, value: DATA_TYPE.uint8 };
}

/** Reads uint8 values. The binding can't read uint8 tensors, so four bytes are bitcast to one int32. */
function bytesOf(pixels: TensorFlow.Tensor, length: number): Uint8Array {
  const words = Math.ceil(length / 4);
  const numbers = [attribute.int32('Tshape')];
  const [flat] = runKernel('Reshape', [uint8('T'), ...numbers], [pixels, tf.tensor1d([length], 'int32')], 1);
  const padding = tf.tensor2d([[0, 4 * words - length]], [1, 2], 'int32');
  const [padded] =
    length % 4 === 0
      ? [flat]
      : runKernel('Pad', [uint8('T'), attribute.int32('Tpaddings')], [flat!, padding], 1);
  const fours = tf.tensor1d([words, 4], 'int32');
  const [grouped] = runKernel('Reshape', [uint8('T'), ...numbers], [padded!, fours], 1);
  const [cast] = runKernel('Bitcast', [uint8('T'), attribute.int32('type')], [grouped!], 1);
  const backend = nodeBackend();
  const { buffer, byteOffset } = backend.binding.tensorDataSync(backend.tensorMap.get(cast!.dataId)!.id);
  return new Uint8Array(buffer, byteOffset, length);
}

/**
 * Decodes a JPEG with TensorFlow's libjpeg-turbo in this thread. For images of a few hundred pixels a side it takes less
 * than half the time of sharp, with identical bytes. EXIF orientation is not applied.
 * @param channels 1 for gray, 3 for red, green, blue
 * @throws TensorFlow's Error when the bytes are not a complete JPEG
 */
export function decodeJpeg(bytes: Uint8Array, channels: 1 | 3): DecodedJpeg {
  const attributes = [
    attribute.int('channels', channels),
    attribute.int('ratio', 1),
    attribute.bool('fancy_upscaling', true),
    attribute.bool('try_recover_truncated', false),
    attribute.float('acceptable_fraction', 1),
    // TensorFlow's default is 20% faster and differs by up to three levels.
    attribute.string('dct_method', 'INTEGER_ACCURATE'),
  ];
  let decoded: DecodedJpeg | undefined;
  tf.tidy(() => {
    const contents = tf.scalar(bytes as unknown as string, 'string');
    const [pixels] = runKernel('DecodeJpeg', attributes, [contents], 1);
    const [height, width] = pixels!.shape as [number, number];
    decoded = { width, height, channels, data: bytesOf(pixels!, height * width * channels) };
  });
  return decoded!;
}
