import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Loads a native module of the engine.
 * @throws Error with the remedy, when set-up has not linked the module or it does not fit this machine
 */
export function loadNativeModule<T>(path: string): T {
  try {
    return require(path) as T;
  } catch (error) {
    throw new Error(
      'The TensorFlow engine does not load. Run `apprentice setup` (in a checkout: npm run setup), which links it; `apprentice doctor` reports what is missing.',
      { cause: error },
    );
  }
}
