/**
 * Loads TensorFlow for Node once, with what it needs in place.
 *
 * `@tensorflow/tfjs-node-gpu` and `@tensorflow/tfjs-node` are the same code; which devices there are depends
 * on the libtensorflow that set-up linked in.
 */
import { createRequire } from 'node:module';
import type * as TensorFlow from '@tensorflow/tfjs-node-gpu';
import { useFusedGradients } from './fused-gradients.js';
import { loadNativeModule } from './load-native-module.js';

const require = createRequire(import.meta.url);

/** tfjs-node 4.22 calls two functions of node:util that Node 23 removed. */
function restoreRemovedUtilities(): void {
  const util = require('node:util') as Record<string, unknown>;
  util['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  util['isArray'] ??= Array.isArray;
}

/** oneDNN's and XLA's greetings are not news; errors still are. */
function quieten(): void {
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
}

function load(): typeof TensorFlow {
  restoreRemovedUtilities();
  quieten();
  return loadNativeModule<typeof TensorFlow>('@tensorflow/tfjs-node-gpu');
}

export const tf = load();
useFusedGradients(tf);

export type { TensorFlow };
