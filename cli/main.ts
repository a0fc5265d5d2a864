#!/usr/bin/env node
/** The command `apprentice`. What a command does is loaded when it is called: help has to be quick. */
import { createProgram } from './program.js';
import { endQuietlyOnClosedPipe } from './streams.js';

endQuietlyOnClosedPipe();
try {
  await createProgram().parseAsync();
} catch (error) {
  const { reportError } = await import('./report-error.js');
  process.exitCode = reportError(error, process.stderr, process.env);
}
