import { ConfigurationError } from '../../domain/errors.js';
import { commandOf, type MethodName } from '../../domain/methods.js';
import { expectPlace } from '../expect-place.js';
import { isDrawn } from '../sheet/expect-out.js';
import { OUTPUTS } from './outputs.js';

/**
 * Makes sure, before hours of work, that what a method makes can be written there. What isn't there yet is made.
 * @throws ConfigurationError when the method makes nothing, or something else is in the way
 */
export async function expectOutput(method: MethodName, out: string): Promise<void> {
  const into = OUTPUTS[method]?.into;
  if (!into) {
    throw new ConfigurationError(`--out: ${commandOf(method)} makes nothing but its report: leave it out`);
  }
  if (into === 'list' && isDrawn(out)) {
    throw new ConfigurationError(
      `--out: received "${out}", expected the name of the list, such as next.csv: the pictures are drawn beside it`,
    );
  }
  await expectPlace(out, into === 'folder' ? 'folder' : 'file');
}
