import assert from 'node:assert/strict';
import { test } from 'node:test';
import { harmless, jsonText, printable } from '../../../cli/harmless.js';
import { reportError } from '../../../cli/report-error.js';
import { table } from '../../../cli/table.js';
import { DataError } from '../../../domain/errors.js';

/** Sets the clipboard (OSC 52), clears the screen, C1's CSI, reverses text, breaks the line, returns, deletes. */
const ATTACK = 'cat\u001b]52;c;aGk=\u0007\u001b[2J\u009b31m\u202egnp\u2066\n\r\u007f\u2028\u200b';
// biome-ignore lint/suspicious/noControlCharactersInRegex: matches control characters on purpose
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u2028\u202a-\u202e\u2066-\u2069]/;

test('control characters and direction marks are shown as escapes', () => {
  assert.equal(
    harmless(ATTACK),
    'cat\\x1b]52;c;aGk=\\x07\\x1b[2J\\x9b31m\\u202egnp\\u2066\\x0a\\x0d\\x7f\\u2028\\u200b',
  );
  for (const name of ['chat siamois', 'シャツ', 'قطة', 'मूँगफली', '👩‍🚀']) assert.equal(harmless(name), name);
});

test('output keeps line breaks, and our own colours on a terminal only', () => {
  const coloured = '\u001b[31merror:\u001b[39m a\n\u001b[8mhidden\u001b[0m';
  assert.equal(printable(coloured, true), '\u001b[31merror:\u001b[39m a\n\\x1b[8mhidden\\x1b[0m');
  assert.doesNotMatch(printable(coloured, false), CONTROLS);
  assert.doesNotMatch(printable(ATTACK, true), CONTROLS);
});

test('tables and errors show names harmless, a line each', () => {
  const lines = table(['picture', 'class'], [[ATTACK, '\u001b[31mred']]);
  assert.equal(lines.length, 2);
  assert.doesNotMatch(lines[1]!, CONTROLS);
  let written = '';
  const output = { isTTY: false, write: (text: string) => (written += text) };
  reportError(new DataError(`class "${ATTACK}"`), output as never, { APPRENTICE_DEBUG: '1' });
  assert.doesNotMatch(written, CONTROLS);
});

test('JSON has the exact value, without raw controls', () => {
  const text = jsonText({ name: ATTACK }, 2);
  assert.doesNotMatch(text, CONTROLS);
  assert.deepEqual(JSON.parse(text), { name: ATTACK });
});
