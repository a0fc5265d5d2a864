import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Program } from '../../../../engine/compile/program.js';
import { type TensorFlow, tf } from '../../../../engine/tensorflow.js';

type Kernel = TensorFlow.Tensor4D;

const CHANNELS = 3;

/** The same convolution as an ordinary one, whose kernel is zero between different channels. */
function ordinary(images: Kernel, kernel: Kernel, stride: number): Kernel {
  return tf.conv2d(images, tf.mul(kernel, tf.eye(CHANNELS)) as Kernel, stride, 'same');
}

for (const [size, side, stride] of [
  [3, 9, 1],
  [3, 8, 2],
  [5, 9, 2],
] as const) {
  test(`compiled depthwise convolution and its gradients: kernel ${size}, side ${side}, stride ${stride}`, () => {
    const images = tf.randomNormal([2, side, side, CHANNELS], 0, 1, 'float32', 5) as Kernel;
    const kernel = tf.randomNormal([size, size, CHANNELS, 1], 0, 1, 'float32', 6) as Kernel;
    const compute = (convolve: typeof ordinary) => (x: Kernel, k: Kernel) => {
      const output = convolve(x, k, stride);
      // Squared, so that the gradient depends on the output.
      const gradients = tf.grads((a, b) => tf.sum(tf.square(convolve(a as Kernel, b as Kernel, stride))));
      return [output, ...gradients([x, k])];
    };
    const depthwise = compute((x, k) => tf.depthwiseConv2d(x, k, stride, 'same'));
    const program = new Program([]);
    const compiled = program.compile(({ x, k }) => {
      const [output, toImages, toKernel] = depthwise(x as Kernel, k as Kernel);
      return { output: output!, toImages: toImages!, toKernel: toKernel! };
    });
    const feed = (tensor: Kernel) => ({ values: tensor.dataSync() as Float32Array, shape: tensor.shape });
    const received = compiled.run({ x: feed(images), k: feed(kernel) });
    const expected = tf.tidy(() => compute(ordinary)(images, kernel));
    for (const [place, name] of ['output', 'toImages', 'toKernel'].entries()) {
      const difference = tf.tidy(
        () => tf.max(tf.abs(tf.sub(received[name]!, expected[place]!))).dataSync()[0]!,
      );
      assert.ok(difference < 1e-3, `${name} differs by ${difference}`);
    }
    tf.dispose([images, kernel, received, expected]);
    program.dispose();
  });
}
