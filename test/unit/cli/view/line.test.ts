import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bold, cut, dim, fill, spread, textOf, widthOf, wrap } from '../../../../cli/view/line.js';

test('texts in any script are cut and filled by their columns', () => {
  assert.equal(cut('ankle-boot', 20), 'ankle-boot');
  assert.equal(cut('ankle-boot', 6), 'ankle…');
  assert.equal(cut('猫と犬と鳥', 6), '猫と…');
  assert.equal(cut('anything', 0), '');
  assert.equal(fill('猫', 4), '猫  ');
  assert.equal(fill('7', 3, 'right'), '  7');
  for (const name of ['猫と犬', 'собака', '🐎 horse', 'ज़ेब्रा']) assert.equal(widthOf(fill(name, 9)), 9);
});

test('the right part of a line is at the edge, or left out', () => {
  assert.equal(
    textOf(spread(['left'], ['right'], 20), { columns: 20, colour: false }),
    'left           right',
  );
  assert.deepEqual(spread(['a long left part'], ['right'], 20), ['a long left part']);
});

test('lines are cut at the edge with their colours closed', () => {
  const line = [bold('clothes'), ' ', dim('training')];
  assert.equal(textOf(line, { columns: 12, colour: false }), 'clothes tra…');
  const coloured = textOf(line, { columns: 12, colour: true });
  assert.equal(coloured, '\u001b[1mclothes\u001b[22m \u001b[2mtra…\u001b[22m');
  assert.equal(widthOf(textOf([bold('猫と犬'), dim('と鳥')], { columns: 8, colour: true })), 7);
});

test('a name that would move the cursor or break the line is made harmless', () => {
  const text = textOf(['cat\u001b[2J\ndog\u0007'], { columns: 80, colour: false });
  assert.equal(text, 'cat\\x1b[2J\\x0adog\\x07');
});

test('text is wrapped between words; a long word, such as a path, stays whole', () => {
  assert.deepEqual(wrap('one two three', 7), ['one two', 'three']);
  assert.deepEqual(wrap('see /a/very/long/path now', 8), ['see', '/a/very/long/path', 'now']);
});
