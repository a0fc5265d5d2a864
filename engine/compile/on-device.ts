import { nodeBackend } from '../binding.js';

let current = '';

/** Returns the device of operations that are traced now; empty if TensorFlow chooses. */
export function currentDevice(): string {
  return current;
}

/**
 * Places the operations that `run` traces on a GPU if TensorFlow uses GPUs, else on a CPU device (see `cpuDevices` of
 * the program's options). Has no effect on eager execution.
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
