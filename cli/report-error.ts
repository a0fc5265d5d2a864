import { CommanderError } from 'commander';
import pc from 'picocolors';
import { ApprenticeError, WRONG_INPUT_ERRORS } from '../domain/errors.js';
import { EXIT } from './exit-codes.js';

/**
 * Says what went wrong, in the words of the person's task; with APPRENTICE_DEBUG=1 in a programmer's too.
 * @returns the exit code
 */
export function reportError(
  error: unknown,
  output: NodeJS.WritableStream & { readonly isTTY?: boolean },
  environment: NodeJS.ProcessEnv,
): number {
  if (error instanceof CommanderError) {
    // Commander has said it already; help that was asked for is no error.
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
  const colours = pc.createColors(Boolean(output.isTTY) && !environment['NO_COLOR']);
  output.write(`${colours.red('error:')} ${textOf(error)}\n`);
  if (environment['APPRENTICE_DEBUG']) output.write(`${stackOf(error)}\n`);
  return isWrongInput(error) ? EXIT.usage : EXIT.failed;
}

function isWrongInput(error: unknown): boolean {
  return error instanceof Error && WRONG_INPUT_ERRORS.includes(error.name);
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof ApprenticeError || error.name === 'SetupError') return error.message;
  if ('code' in error && error.code === 'ERR_MODULE_NOT_FOUND') {
    return `a part of Apprentice is missing: run \`apprentice setup\` (in a checkout: npm run setup)\n${error.message}`;
  }
  return `${error.message || error.name}\nThis is not an error that Apprentice knows; APPRENTICE_DEBUG=1 shows where it came from.`;
}

function stackOf(error: unknown): string {
  const stacks: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    stacks.push(cause.stack ?? cause.message);
  return stacks.join('\ncaused by: ');
}
