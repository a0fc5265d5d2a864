/**
 * A process that measures cells for a bench, one at a time, as its parent names them. It is told the bench's own command
 * line, from which it makes the same plan.
 */
import { readArguments } from '../arguments.js';
import { cellName } from '../cell.js';
import { openBench } from '../open-bench.js';
import type { FromCellProcess, ToCellProcess } from './messages.js';

const SAYS_EVERY_MS = 200;

const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());
process.once('disconnect', () => process.exit());

function send(message: FromCellProcess): void {
  if (process.connected) process.send?.(message);
}

let lastSaid = Number.NEGATIVE_INFINITY;
function say(text: string): void {
  const now = performance.now();
  if (now - lastSaid < SAYS_EVERY_MS) return;
  lastSaid = now;
  send({ kind: 'says', text });
}

const bench = openBench(readArguments(process.argv.slice(2)), stopping.signal, say);

async function measure(name: string): Promise<FromCellProcess> {
  try {
    const { cells, lab } = await bench;
    const cell = cells.find((one) => cellName(one) === name)!;
    return { kind: 'measured', measurement: await cell.measure(lab) };
  } catch (error) {
    return { kind: 'failed', error: (error as Error).stack ?? String(error) };
  }
}

process.on('message', async ({ cell }: ToCellProcess) => send(await measure(cell)));
