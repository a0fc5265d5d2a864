import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { liveTeller } from '../../../../cli/follow/live.js';
import { report, snapshots } from '../../../support/sample-snapshots.js';

/** A terminal of which only the cursor's ways up and down, and what is written, are kept. */
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

const OPTIONS = { command: 'apprentice', storeUrl: 'file:///home/ana/store' };

test('frames of other heights replace each other without leftovers, and the end stays whole', async () => {
  const { stream, shown } = terminal(80, 24);
  const teller = liveTeller(stream, () => OPTIONS, false);
  const { preparing, training, poor, labelling, completed } = snapshots;
  for (const snapshot of [preparing, training, labelling, poor, preparing, training]) {
    teller.tell(snapshot);
    await new Promise(setImmediate);
    const heads = shown().filter((line) => line.startsWith('clothes-2026'));
    assert.equal(heads.length, 1, shown().join('\n'));
    for (const name of ['Teacher', 'Student 1', 'Student 2']) {
      assert.equal(shown().filter((line) => line.slice(2).startsWith(name)).length, 1, shown().join('\n'));
    }
  }
  teller.end(completed);
  await new Promise(setImmediate);
  const text = shown().join('\n');
  assert.match(text, /Student 1 +83.12% +\+2.44/);
  assert.match(text, new RegExp(`predict /home/ana/store/${report.champion.modelKey} PICTURE`));
  assert.doesNotMatch(text, /412\/800/);
});
