import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Verdict } from '../../../../../bench/methods/report/compare.js';
import { reportText, tableText } from '../../../../../bench/methods/report/markdown.js';
import type { Provenance } from '../../../../../bench/methods/report/provenance.js';
import type { Section } from '../../../../../bench/methods/report/section.js';

const provenance: Provenance = {
  scale: 'full',
  command: 'npm run bench:methods',
  data: 'clothes',
  seeds: 3,
  measured: 10,
  planned: 10,
  seconds: 7200,
  machines: ['2 cores'],
  commits: ['abc1234'],
  days: ['2026-01-02'],
};

const verdict = (method: string, outcome: Verdict['outcome'], ...differences: number[]): Verdict => ({
  method,
  baseline: 'Supervised',
  outcome,
  differences,
  unit: 'points',
  isSmall: Math.abs(differences[0] ?? 0) < 0.5,
});

const section: Section = {
  title: 'Few labels',
  about: 'What was compared.',
  tables: [{ head: ['method', 'test'], rows: [['a | b', '80.00']] }],
  plots: [{ file: 'accuracy', alt: 'Accuracy against labels', svg: () => '<svg/>' }],
  verdicts: [
    verdict('FixMatch', 'beats', 5),
    verdict('Lee', 'does not beat', -1),
    verdict('FlexMatch', 'within chance', 0.2),
    verdict('SoftMatch', 'not measured'),
  ],
  aims: [
    { name: 'gain', aim: 5, measured: 5.2, better: 'higher' },
    { name: 'loss', aim: 1, measured: -1.5, better: 'higher' },
    { name: 'later', aim: 1, measured: Number.NaN, better: 'lower' },
  ],
};

test('the report says which methods beat their baseline, and which aims are met', () => {
  const text = reportText([section], provenance, 'methods');
  assert.match(text, /^# Every method, measured\n/);
  assert.match(text, /Of 3 comparisons .* beats it in 1, and is above it within chance in 1 more/);
  assert.match(text, /\*\*Not above its baseline:\*\*\n\n- Lee, against Supervised: −1.00 points\n/);
  assert.match(text, /\| gain \| at least 5 \| 5.2 \| met \|/);
  assert.match(text, /\| loss \| at least 1 \| −1.5 \| \*\*missed\*\* \|/);
  assert.match(text, /\| later \| at most 1 \| · \| not measured \|/);
  assert.match(text, /\| Lee \| Supervised \| −1.00 points \| \*\*does not beat it\*\* \|/);
  assert.ok(!text.includes('SoftMatch'), 'what is not measured is not compared');
  assert.match(text, /!\[Accuracy against labels\]\(methods\/accuracy.svg\)/);
  assert.match(text, /2.0 h of training/);
});

test('the report says that it is a short version, and which cells are missing', () => {
  const part = reportText([section], { ...provenance, scale: 'short', measured: 7 }, 'methods');
  assert.match(part, /\*\*A short version\*\*/);
  assert.match(part, /\*\*3 of 10 cells are not measured yet\*\*/);
  assert.doesNotMatch(reportText([section], provenance, 'methods'), /short version|not measured yet/);
});

test('pipes in a cell are escaped', () => {
  assert.equal(tableText(section.tables[0]!), '| method | test |\n| --- | ---: |\n| a \\| b | 80.00 |');
});
