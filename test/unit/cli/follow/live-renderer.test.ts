import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { liveRenderer } from '../../../../cli/follow/live-renderer.js';
import { viewOf } from '../../../../cli/methods/commands.js';
import type { MethodView } from '../../../../cli/methods/method-view.js';
import type { MethodName } from '../../../../domain/methods.js';
import { distillation, report, snapshots } from '../../../support/sample-snapshots.js';

/** A terminal that keeps its lines and the row of the cursor. */
function terminal(columns: number, rows: number) {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns, rows });
  const screen: string[] = [''];
  let row = 0;
  stream.on('data', (chunk: Buffer) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this is a terminal
    for (const [piece] of chunk.toString().matchAll(/\u001b\[[?\d;]*[a-zA-Z]|\n|\r|[^\u001b\n\r]+/g)) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
      const [, count, code] = /^\u001b\[([?\d;]*)([a-zA-Z])$/.exec(piece) ?? [];
      if (piece === '\n') screen[++row] ??= '';
      else if (code === 'A') row = Math.max(0, row - Number(count || 1));
      else if (code === 'B') row += Number(count || 1);
      else if (code === 'K' && count !== '') screen[row] = '';
      else if (code === 'J') screen.splice(row, Number.POSITIVE_INFINITY, '');
      else if (code === undefined && piece !== '\r') screen[row] = piece;
    }
  });
  const shown = () => screen.map((line) => line.trimEnd());
  return { stream: stream as unknown as NodeJS.WriteStream, shown };
}

async function rendererOf(stream: NodeJS.WriteStream, method: MethodName) {
  const view = (await viewOf(method)) as MethodView<MethodName>;
  return liveRenderer(stream, view, OPTIONS, false);
}

const OPTIONS = { command: 'apprentice', storeUrl: 'file:///home/ana/store' };

test('frames of different heights replace each other completely, and the whole end stays', async () => {
  const { stream, shown } = terminal(80, 24);
  const renderer = await rendererOf(stream, 'self-training');
  const { preparing, training, poor, labelling, completed } = snapshots;
  for (const snapshot of [preparing, training, labelling, poor, preparing, training]) {
    renderer.show(snapshot);
    await new Promise(setImmediate);
    const heads = shown().filter((line) => line.startsWith('clothes-2026'));
    assert.equal(heads.length, 1, shown().join('\n'));
    for (const name of ['Teacher', 'Student 1', 'Student 2']) {
      assert.equal(shown().filter((line) => line.slice(2).startsWith(name)).length, 1, shown().join('\n'));
    }
  }
  await renderer.end(completed);
  await new Promise(setImmediate);
  const text = shown().join('\n');
  assert.match(text, /Student 1 +83.12% +\+2.44/);
  assert.match(text, new RegExp(`predict /home/ana/store/${report.model.modelKey} PICTURE`));
  assert.doesNotMatch(text, /412\/800/);
});

test('a run of another method is drawn as its stages with the progress of its activities', async () => {
  const { stream, shown } = terminal(100, 24);
  const renderer = await rendererOf(stream, 'distill');
  renderer.show(distillation.training);
  await new Promise(setImmediate);
  const text = shown().join('\n');
  await renderer.end(undefined);
  assert.match(text, /clothes-small-\S+ {2}distill {2}running/);
  assert.match(text, /✓ ask the teacher +83.5% on validation +1:05$/m);
  assert.match(text, /● train the student/);
  assert.match(text, /training +█.* 1,230\/3,000 {3}8.34 steps\/s/);
});
