/**
 * Loads TensorFlow for Node once, with the fixes that it needs.
 *
 * `@tensorflow/tfjs-node-gpu` and `@tensorflow/tfjs-node` have the same code; the available devices depend
 * on the libtensorflow that set-up has linked.
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

/** Hides oneDNN's and XLA's messages at start; errors stay visible. */
function hideStartupMessages(): void {
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
}

function load(): typeof TensorFlow {
  restoreRemovedUtilities();
  hideStartupMessages();
  return loadNativeModule<typeof TensorFlow>('@tensorflow/tfjs-node-gpu');
}

export const tf = load();
useFusedGradients(tf);

export type { TensorFlow };
