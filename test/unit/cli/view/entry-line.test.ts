import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entryLine } from '../../../../cli/view/entry-line.js';
import type { GateResult, RunReport } from '../../../../domain/run.js';

const line = (entry: object) => entryLine({ name: 'small', ...entry } as RunReport & GateResult);

test('a model entered the registry, or did not for a reason', () => {
  assert.equal(line({ version: 2 }), 'Entered the registry as small@2.');
  assert.equal(
    line({ reigning: { version: 1, reason: '-1.00% on 100 images' } }),
    'Not entered into small: -1.00% on 100 images',
  );
  assert.equal(
    line({ decision: { promote: false, by: 'ana', reason: '' } }),
    'Not entered into small: rejected by ana.',
  );
  assert.equal(line({}), 'Not entered into small.');
});
