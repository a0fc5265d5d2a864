import { commandName } from './command-name.js';
import { print, printJson } from './streams.js';

/** What is said of work that goes on by itself. */
export function sayStarted(runId: string, { json }: { readonly json?: boolean }): void {
  if (json) printJson({ runId });
  else print(`${runId}: started.`, `Watch it: ${commandName()} follow ${runId}`);
}
