import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonMethodTeller } from '../../../../cli/methods/tellers.js';
import type { MethodSnapshot } from '../../../../client/methods/method-snapshot.js';

test('a method is told in JSON as a run is: under progress, the configuration once', () => {
  const written: string[] = [];
  const output = { write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream;
  const teller = jsonMethodTeller(output);
  const snapshot = (status: string) =>
    ({
      progress: { runId: 'r', method: 'search', config: { name: 'it' }, status, stages: [] },
      steps: [],
      problems: [],
    }) as unknown as MethodSnapshot;
  teller.tell(snapshot('running'));
  teller.tell(snapshot('running'));
  teller.tell(snapshot('paused'));
  const lines = written.map((line) => JSON.parse(line));
  assert.equal(lines.length, 2);
  assert.deepEqual(lines[0].progress.config, { name: 'it' });
  assert.deepEqual([lines[1].progress.status, lines[1].progress.config], ['paused', undefined]);
});
