import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entryLine } from '../../../../cli/methods/entry-line.js';
import type { Entry, MethodReport } from '../../../../domain/methods.js';

const told = (report: object) => entryLine({ name: 'small', ...report } as MethodReport & Entry);

test('a model has entered the registry, or has not for a reason', () => {
  assert.equal(told({ version: 2 }), 'Entered the registry as small@2.');
  assert.equal(
    told({ verdict: { reason: '-1.00% on 100 images' } }),
    'Not entered into small: -1.00% on 100 images',
  );
});

test('reports of transfers of before have the version beside the model', () => {
  assert.equal(told({ model: { modelKey: 'm', version: 3 } }), 'Entered the registry as small@3.');
});
