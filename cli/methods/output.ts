import { openStore } from '../../client/local-store.js';
import { ConfigurationError } from '../../domain/errors.js';
import type { MethodName } from '../../domain/methods.js';
import type { RunReport } from '../../domain/run.js';
import { commandName } from '../command-name.js';
import { expectPlace } from '../expect-place.js';
import { isDrawn } from '../sheet/expect-out.js';
import { METHOD_COMMANDS, viewOf } from './commands.js';

/**
 * Checks, before the run, that the output of a method can be written there. Missing folders are created later.
 * @throws ConfigurationError if the method has no output, or the path can't be used
 */
export async function expectOutput(method: MethodName, out: string): Promise<void> {
  const into = METHOD_COMMANDS[method].out?.into;
  if (!into) {
    throw new ConfigurationError(`--out: ${method} has no output besides its report: omit the option`);
  }
  if (into === 'list' && isDrawn(out)) {
    throw new ConfigurationError(
      `--out: received "${out}", expected the name of the list, such as next.csv: the pictures are drawn beside it`,
    );
  }
  await expectPlace(out, into === 'folder' ? 'folder' : 'file');
}

/**
 * Writes the output of a method.
 * @throws ConfigurationError if it can't be written, with the command that writes it again
 */
export async function saveOutput(report: RunReport, out: string, storeUrl: string): Promise<void> {
  const view = await viewOf(report.method as MethodName);
  try {
    await view.save?.(report as never, out, openStore(storeUrl));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // System errors, such as a full disk or missing permissions, have codes.
    if (code === undefined && !(error instanceof ConfigurationError)) throw error;
    const again = `the result is still in the store; to write it again: ${commandName()} show ${report.runId} --out PATH`;
    throw new ConfigurationError(`${message} (${again})`, { cause: error });
  }
}
