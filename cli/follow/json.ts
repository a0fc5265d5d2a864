import type { RunSnapshot } from '../../client/snapshot.js';
import { jsonLine } from '../view/json-lines.js';
import type { Teller } from './teller.js';

/** One line of JSON for each snapshot that differs from the one before: for programs. */
export function jsonTeller(output: NodeJS.WritableStream): Teller {
  let previous: RunSnapshot | undefined;
  return {
    tell(snapshot) {
      const line = jsonLine(snapshot, previous);
      previous = snapshot;
      if (line) output.write(`${line}\n`);
    },
    end: () => undefined,
  };
}
