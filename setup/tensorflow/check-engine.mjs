// @ts-check
/**
 * `node check-engine.mjs <project root>`: loads TensorFlow, multiplies two matrices, prints the result as JSON.
 * Runs in its own process, because a broken native library can crash it.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';

const load = createRequire(join(process.argv[2] ?? '.', 'package.json'));
const util = load('node:util');
// tfjs-node 4.22 calls two functions that Node 23 removed.
util.isNullOrUndefined ??= (/** @type {unknown} */ value) => value === null || value === undefined;
util.isArray ??= Array.isArray;
process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';

const tf = load('@tensorflow/tfjs-node-gpu');
const product = tf
  .matMul(
    tf.tensor2d([
      [1, 2],
      [3, 4],
    ]),
    tf.tensor2d([
      [5, 6],
      [7, 8],
    ]),
  )
  .dataSync();
if (String(product) !== '19,22,43,50') {
  throw new Error(`TensorFlow multiplied [1 2; 3 4] by [5 6; 7 8] and got ${product}, expected 19,22,43,50.`);
}
const backend = tf.backend();
process.stdout.write(
  `${JSON.stringify({ tensorflow: backend.binding.TF_Version, usesGpu: backend.isUsingGpuDevice })}\n`,
);
