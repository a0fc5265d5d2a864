import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectSameTask } from '../../../domain/expect-same-task.js';
import { namesText, quotedNamesText } from '../../../domain/names-text.js';

const NAMES = Array.from({ length: 5000 }, (_, index) => `class-${index}`);

test('few names are listed in their order', () => {
  assert.equal(namesText(['bag', 'boot'], ['bag']), 'bag, boot');
  assert.equal(quotedNamesText(['bag', 'boot']), '"bag", "boot"');
  assert.equal(namesText([]), '');
});

test('of many names, those that the other list lacks come first', () => {
  const text = namesText(NAMES, NAMES.slice(0, 4999));
  assert.match(text, /^class-4999, class-0, class-1, .* and 4,980 more$/);
});

test('an error about models of 5,000 classes is short, and names the class that differs', () => {
  const image = { width: 8, height: 8, channels: 1 } as const;
  const dataset = { classes: NAMES, image };
  const model = { reference: 'm', name: 'm', outputs: 5000, image, classes: ['other', ...NAMES.slice(1)] };
  assert.throws(
    () => expectSameTask('model', model, dataset),
    ({ message }: Error) =>
      message.length < 1000 && /the classes other, .*of the data, class-0, /.test(message),
  );
});
