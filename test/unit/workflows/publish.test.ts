import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunProgress } from '../../../domain/run.js';
import { detailsText } from '../../../workflows/publish.js';

const AT = { startedAt: '2026-01-01T00:00:00.000Z' };

test('the details in Temporal’s pages have the stages, and the commands that answer an open question', () => {
  const progress = {
    runId: 'clothes-1',
    config: { method: 'self-training' },
    status: 'awaiting-approval',
    stages: [
      { name: 'teacher', status: 'done', note: '90.00% on validation', ...AT },
      { name: 'student 1', status: 'running', parts: [{ name: 'gate', status: 'running', ...AT }], ...AT },
    ],
    question: { about: 'student 1' },
  } as unknown as RunProgress;
  assert.equal(
    detailsText(progress),
    [
      '**self-training**: awaiting-approval',
      '',
      '**Waits for a decision on student 1**: `apprentice approve clothes-1` or `apprentice reject clothes-1`.',
      '',
      '- ✓ teacher: 90.00% on validation',
      '- ● student 1',
      '  - ● gate',
    ].join('\n'),
  );
});
