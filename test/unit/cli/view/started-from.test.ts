import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startedFromLines } from '../../../../cli/view/started-from.js';

test('a report names the model that a name stood for', () => {
  const named = { modelKey: 'runs/a/generation-1/model', weightsHash: '0123456789abcdef0123' };
  assert.deepEqual(
    startedFromLines({
      startedFrom: [
        { ...named, reference: 'clothes', name: 'clothes@3' },
        { ...named, reference: 'models/theirs', name: 'models/theirs' },
      ],
    }),
    [
      'Used clothes (at that time clothes@3), weights 0123456789ab.',
      'Used models/theirs, weights 0123456789ab.',
    ],
  );
  assert.deepEqual(startedFromLines({}), []);
});
