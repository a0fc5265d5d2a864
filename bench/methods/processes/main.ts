/**
 * The child process that measures cells, one at a time, by the names that its parent sends. It gets the bench's command
 * line, so that it makes the same plan.
 */
import { readArguments } from '../arguments.js';
import { cellName } from '../cell.js';
import { openBench } from '../open-bench.js';
import type { FromCellProcess, ToCellProcess } from './messages.js';

const PROGRESS_EVERY_MS = 200;

const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());
process.once('disconnect', () => process.exit());

function send(message: FromCellProcess): void {
  if (process.connected) process.send?.(message);
}

let lastSent = Number.NEGATIVE_INFINITY;
function report(text: string): void {
  const now = performance.now();
  if (now - lastSent < PROGRESS_EVERY_MS) return;
  lastSent = now;
  send({ kind: 'progress', text });
}

const bench = openBench(readArguments(process.argv.slice(2)), stopping.signal, report);

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
