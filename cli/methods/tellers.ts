import { createLogUpdate } from 'log-update';
import type { MethodSnapshot } from '../../client/methods/method-snapshot.js';
import { WIDEST } from '../follow/teller.js';
import { jsonLine } from '../view/json-lines.js';
import { textOf } from '../view/line.js';
import { methodView, stageLine } from './method-view.js';
import { type Asked, reportLines } from './texts.js';

/** Shows a method's snapshots to whoever follows it. */
export interface MethodTeller {
  tell(snapshot: MethodSnapshot): void;
  /** @param isTaken what it has made will be written to a place of the person's */
  end(last: MethodSnapshot | undefined, isTaken: boolean): Promise<void>;
}

const columnsOf = (output: NodeJS.WriteStream) => Math.min(WIDEST, output.columns || 80);

/** Draws it in place on a terminal; when it is over, all of it stays. */
export function liveMethodTeller(output: NodeJS.WriteStream, colour: boolean): MethodTeller {
  const log = createLogUpdate(output);
  output.write('\n');
  const draw = (snapshot: MethodSnapshot) => {
    const columns = columnsOf(output);
    const lines = methodView(snapshot, { now: Date.now(), columns });
    log(lines.map((line) => textOf(line, { columns, colour }) || ' ').join('\n'));
  };
  return {
    tell: draw,
    async end(last, isTaken) {
      if (last) draw(last);
      log.done();
      if (last?.outcome)
        output.write(`\n${(await endLines(last, { columns: columnsOf(output), isTaken })).join('\n')}\n`);
    },
  };
}

const WHOLE = { columns: Number.POSITIVE_INFINITY, colour: false };

/** Says each stage as it ends, in lines that stay: for files, pipes and logs. */
export function plainMethodTeller(output: NodeJS.WriteStream, errors: NodeJS.WriteStream): MethodTeller {
  const told = new Map<number, string>();
  const problemsTold = new Set<string>();
  return {
    tell({ progress: { stages }, problems }) {
      for (const [place, stage] of stages.entries()) {
        if (told.get(place) === stage.status) continue;
        told.set(place, stage.status);
        const line = stageLine(stage, { now: Date.now(), columns: 100 });
        output.write(`${textOf(line, WHOLE).trimEnd()}\n`);
      }
      for (const problem of problems) {
        if (problemsTold.has(problem)) continue;
        problemsTold.add(problem);
        errors.write(`! ${problem}\n`);
      }
    },
    async end(last, isTaken) {
      if (last?.outcome?.error) errors.write(`${last.outcome.error}\n`);
      else if (last?.outcome)
        output.write(`\n${(await endLines(last, { columns: 100, isTaken })).join('\n')}\n`);
    },
  };
}

/** A line of JSON for each snapshot that differs from the one before. */
export function jsonMethodTeller(output: NodeJS.WriteStream): MethodTeller {
  let previous: MethodSnapshot | undefined;
  return {
    tell(snapshot) {
      const line = jsonLine(snapshot, previous);
      if (line) output.write(`${line}\n`);
      previous = snapshot;
    },
    async end() {},
  };
}

async function endLines({ outcome }: MethodSnapshot, asked: Asked): Promise<readonly string[]> {
  if (outcome?.report) return reportLines(outcome.report, asked);
  return outcome?.error ? [outcome.error] : [];
}
