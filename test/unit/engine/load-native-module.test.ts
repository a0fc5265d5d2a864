import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadNativeModule } from '../../../engine/load-native-module.js';
import { temporaryFolder } from '../setup/support.js';

test('a missing or incomplete native module is refused with the remedy and the cause', () => {
  const folder = temporaryFolder();
  const halfWritten = join(folder, 'half.node');
  writeFileSync(halfWritten, '\u007fELF');
  for (const path of [join(folder, 'missing.node'), halfWritten]) {
    assert.throws(
      () => loadNativeModule(path),
      (error: Error) => /Run `apprentice setup`/.test(error.message) && error.cause instanceof Error,
    );
  }
});
