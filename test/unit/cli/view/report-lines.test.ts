import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewOf } from '../../../../cli/methods/commands.js';
import { reportLines } from '../../../../cli/view/report-lines.js';
import type { LabelNextReport } from '../../../../domain/methods/label-next.js';
import type { SearchReport } from '../../../../domain/methods/search.js';
import { OPTIONS } from './text-of-view.js';

const SEARCH = {
  method: 'search',
  summary: 'The best.',
  bestKey: 'runs/s/best',
  steps: { taken: 10, without: 20 },
  rungs: [],
  trials: [{ trial: 0, text: 'own', rungs: [], end: 'best' }],
  best: { trial: 0 },
} as unknown as SearchReport;
const LABEL_NEXT = {
  method: 'label-next',
  summary: '1 of 2',
  seenBy: 'clothes',
  classNames: ['bag'],
  byClass: [1],
  startedFrom: [{ reference: 'clothes', name: 'clothes@3', weightsHash: '0123456789abcdef' }],
} as unknown as LabelNextReport;

test('the command that writes the output is shown unless the output is written anyway', async () => {
  const [search, labelNext] = await Promise.all([viewOf('search'), viewOf('label-next')]);
  for (const writesOutput of [false, true]) {
    const options = { ...OPTIONS, writesOutput, colour: false };
    const texts = await Promise.all([
      reportLines(search, SEARCH, options),
      reportLines(labelNext, LABEL_NEXT, options),
    ]);
    for (const lines of texts) assert.equal(/--out FILE` writes/.test(lines.join('\n')), !writesOutput);
  }
});

test('a report begins with its summary and ends with the models that it used', async () => {
  const view = await viewOf('label-next');
  const lines = await reportLines(view, LABEL_NEXT, { ...OPTIONS, colour: false });
  assert.equal(lines[0], '1 of 2');
  assert.equal(lines.at(-1), 'Used clothes (at that time clothes@3), weights 0123456789ab.');
});
