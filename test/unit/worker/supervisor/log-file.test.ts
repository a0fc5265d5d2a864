import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { lastLogLine, logSize } from '../../../../worker/supervisor/log-file.js';

test('the last line of a log is the reason: a JSON line’s message, shortened, without control characters', (t) => {
  const logs = mkdtempSync(join(tmpdir(), 'apprentice-logs-'));
  t.after(() => rmSync(logs, { recursive: true }));
  const file = { logs, name: 'it' };
  const write = (text: string) => writeFileSync(join(logs, 'it.log'), text);
  assert.equal(lastLogLine(file), undefined);
  write('first\nError: the port is taken\n\n');
  assert.equal(lastLogLine(file), 'Error: the port is taken');
  assert.equal(lastLogLine(file, logSize(file)), undefined);
  write('{"level":60,"msg":"worker failed: no store"}\n');
  assert.equal(lastLogLine(file), 'worker failed: no store');
  write(`a\u001b[31mred ${'x'.repeat(9_000)}`);
  assert.match(lastLogLine(file)!, /^x{400} …$/);
  write('a\u001b[31mred');
  assert.equal(lastLogLine(file), 'a [31mred');
});
