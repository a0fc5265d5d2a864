#!/usr/bin/env node
/** The command `apprentice`. Commands load their code when called, so that help is fast. */
import { createProgram } from './program.js';
import { endQuietlyOnClosedPipe } from './streams.js';

endQuietlyOnClosedPipe();
try {
  await createProgram().parseAsync();
} catch (error) {
  const { reportError } = await import('./report-error.js');
  process.exitCode = reportError(error, process.stderr, process.env);
}
