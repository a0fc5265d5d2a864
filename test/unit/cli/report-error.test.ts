import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { describe, it } from 'node:test';
import { CommanderError } from 'commander';
import { reportError } from '../../../cli/report-error.js';
import { UnknownRunError } from '../../../client/errors.js';
import { ConfigurationError } from '../../../domain/errors.js';

function report(error: unknown, { isTTY = false, environment = {} } = {}) {
  const said: string[] = [];
  const written = new Writable({
    write(chunk, _, done) {
      said.push(String(chunk));
      done();
    },
  });
  const code = reportError(error, Object.assign(written, { isTTY }), environment);
  return { code, text: said.join('') };
}

describe('reportError', () => {
  it('ends with 2 for wrong input and with 1 for what failed', () => {
    assert.equal(report(new ConfigurationError('seed: received -1')).code, 2);
    assert.equal(report(new UnknownRunError('run: received "x"')).code, 1);
    assert.equal(report(new Error('boom')).code, 1);
  });

  it('prints the message alone', () => {
    assert.equal(report(new ConfigurationError('seed: received -1')).text, 'error: seed: received -1\n');
  });

  it('shows stacks, those of causes too, when asked to', () => {
    const error = new ConfigurationError('outer', { cause: new Error('inner') });
    const { text } = report(error, { environment: { APPRENTICE_DEBUG: '1' } });
    assert.match(text, /ConfigurationError: outer\n\s+at [\s\S]*caused by: Error: inner\n\s+at /);
  });

  it('names the variable that shows the stack of an unknown error', () => {
    assert.match(report(new TypeError('x is not a function')).text, /APPRENTICE_DEBUG=1/);
  });

  it('colours on a terminal only, and not with NO_COLOR', () => {
    const error = new ConfigurationError('x');
    assert.ok(report(error, { isTTY: true }).text.startsWith('\u001b['));
    assert.ok(report(error, { isTTY: true, environment: { NO_COLOR: '1' } }).text.startsWith('error'));
  });

  it('prints nothing more for an error that commander has printed', () => {
    assert.deepEqual(report(new CommanderError(0, 'commander.help', '')), { code: 0, text: '' });
    assert.deepEqual(report(new CommanderError(1, 'commander.unknownOption', '')), { code: 2, text: '' });
  });
});
