import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportLines } from '../../../../cli/methods/texts.js';
import type { MethodReport } from '../../../../domain/methods.js';

const SEARCH = {
  method: 'search',
  summary: 'The best.',
  bestKey: 'runs/s/best',
  steps: { taken: 10, without: 20 },
  rungs: [],
  trials: [{ trial: 0, text: 'own', rungs: [], end: 'best' }],
  best: { trial: 0 },
} as unknown as MethodReport;
const LABEL_NEXT = {
  method: 'labelNext',
  summary: '1 of 2',
  seenBy: 'clothes',
  classNames: ['bag'],
  byClass: [1],
} as unknown as MethodReport;

test('how to come by what a method has made is said where it is not written anyway', async () => {
  for (const report of [SEARCH, LABEL_NEXT]) {
    const told = async (writesOutput: boolean) => (await reportLines(report, { columns: 80, writesOutput })).join('\n');
    assert.match(await told(false), /--out FILE` writes/);
    assert.doesNotMatch(await told(true), /--out/);
  }
});
