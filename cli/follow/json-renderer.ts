import type { RunSnapshot } from '../../client/snapshot.js';
import { jsonLine } from '../view/json-lines.js';
import type { Renderer } from './renderer.js';

/** Prints a line of JSON for each snapshot that differs from the previous one. */
export function jsonRenderer(output: NodeJS.WritableStream): Renderer {
  let previous: RunSnapshot | undefined;
  return {
    show(snapshot) {
      const line = jsonLine(snapshot, previous);
      previous = snapshot;
      if (line) output.write(`${line}\n`);
    },
    end: () => undefined,
  };
}
