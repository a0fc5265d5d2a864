import { ConfigurationError } from '../../domain/errors.js';
import { commandOf, type MethodName } from '../../domain/methods.js';
import { expectPlace } from '../expect-place.js';

/** Methods that make something to be taken away, and into what it is written. */
const WRITTEN_INTO: { readonly [Name in MethodName]?: 'file' | 'folder' } = {
  search: 'file',
  labelNext: 'file',
  gap: 'folder',
  robustness: 'folder',
};

/**
 * Makes sure, before hours of work, that what a method makes can be written there. What isn't there yet is made.
 * @throws ConfigurationError when the method makes nothing, or something else is in the way
 */
export async function expectOutput(method: MethodName, out: string): Promise<void> {
  const wanted = WRITTEN_INTO[method];
  if (!wanted)
    throw new ConfigurationError(`--out: ${commandOf(method)} makes nothing but its report: leave it out`);
  await expectPlace(out, wanted);
}
