import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Loads a native part of the engine.
 * @throws Error with what to do, when set-up has not linked it here or it does not fit this machine
 */
export function loadNativeModule<T>(path: string): T {
  try {
    return require(path) as T;
  } catch (error) {
    throw new Error(
      'The TensorFlow engine does not load. Run `apprentice setup` (in a checkout: npm run setup), which links it; `apprentice doctor` says what is missing.',
      { cause: error },
    );
  }
}
