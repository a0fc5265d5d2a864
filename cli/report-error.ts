import { CommanderError } from 'commander';
import pc from 'picocolors';
import { ApprenticeError, WRONG_INPUT_ERRORS } from '../domain/errors.js';
import { classifySystemError } from '../domain/system-errors.js';
import { EXIT } from './exit-codes.js';
import { printable } from './harmless.js';

/**
 * Prints an error's message, with APPRENTICE_DEBUG=1 also its stack.
 * @returns the exit code
 */
export function reportError(
  error: unknown,
  output: NodeJS.WritableStream & { readonly isTTY?: boolean },
  environment: NodeJS.ProcessEnv,
): number {
  if (error instanceof CommanderError) {
    // Commander has printed it already. Its exit code for requested help is 0.
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
  const colours = pc.createColors(Boolean(output.isTTY) && !environment['NO_COLOR']);
  output.write(`${colours.red('error:')} ${printable(textOf(error), false)}\n`);
  if (environment['APPRENTICE_DEBUG']) output.write(`${printable(stackOf(error), false)}\n`);
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
  const known = classifySystemError(error);
  if (known) return `${error.message}: ${known.remedy}`;
  return `${error.message || error.name}\nThis error is unexpected; APPRENTICE_DEBUG=1 prints its stack trace.`;
}

function stackOf(error: unknown): string {
  const stacks: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    stacks.push(cause.stack ?? cause.message);
  return stacks.join('\ncaused by: ');
}
