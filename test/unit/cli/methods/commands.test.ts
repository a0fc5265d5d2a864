import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMAND_NAMES, METHOD_COMMANDS, viewOf } from '../../../../cli/methods/commands.js';
import { METHOD_NAMES } from '../../../../domain/methods.js';

test('every method has a command, in the order of the methods', () => {
  assert.deepEqual(COMMAND_NAMES, METHOD_NAMES);
});

test('a method whose command has --out can write its output, and no other', async () => {
  for (const name of COMMAND_NAMES) {
    const { save } = await viewOf(name);
    assert.equal(save !== undefined, METHOD_COMMANDS[name].out !== undefined, name);
  }
});
