import { nodeBackend } from '../binding.js';

let current = '';

/** The device on which what is traced now will run; empty for TensorFlow's choice. */
export function currentDevice(): string {
  return current;
}

/**
 * Places what a function traces on one of several like devices: GPUs where TensorFlow uses them, else CPU devices, of
 * which a program has as many as its options say. Eager execution stays where it is.
 * @param number from 0
 */
export function onDevice<T>(number: number, run: () => T): T {
  const outer = current;
  current = `/device:${nodeBackend().isUsingGpuDevice ? 'GPU' : 'CPU'}:${number}`;
  try {
    return run();
  } finally {
    current = outer;
  }
}
