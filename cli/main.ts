#!/usr/bin/env node
/** The command `apprentice`. Commands load their code when called, so that help is fast. */
import { createProgram } from './program.js';
import { endQuietlyOnClosedPipe } from './streams.js';

endQuietlyOnClosedPipe();
try {
  await createProgram().parseAsync();
} catch (error) {
  const { reportError } = await import('./report-error.js');
  // Temporal's native core would keep the process alive, deaf to signals.
  process.exit(reportError(error, process.stderr, process.env));
}
