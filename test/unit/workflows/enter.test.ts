import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PromoteInput } from '../../../activities/contract.js';
import type { RunBase } from '../../../domain/config/base.js';
import type { GenerationOutcome } from '../../../domain/protocol.js';
import type { DatasetRecord, TrainedModel } from '../../../domain/records.js';
import { enterRegistry } from '../../../workflows/enter-registry.js';
import { enterLine } from '../../../workflows/methods/enter-line.js';
import type { MethodRun } from '../../../workflows/methods/method-run.js';
import type { RunState } from '../../../workflows/run-state.js';

const DATASET = {} as DatasetRecord;
const MODEL = { generation: 1 } as TrainedModel;

/** A line in which other work enters while this one is compared. */
function busyLine(others: readonly number[], passes = (_version: number) => true) {
  const champions = [...others];
  const met: PromoteInput['met'][] = [];
  const activities = {
    findReigning: async () => (champions.length > 0 ? { version: champions[0], modelKey: 'm' } : null),
    measureReigning: async () => ({}),
    judge: async () => ({ passes: passes(champions[0]!), reason: `against ${champions[0]}` }),
    async promote(input: PromoteInput) {
      met.push(input.met);
      if (input.met === undefined || champions.length < 2) return { version: 9 };
      champions.shift();
      return { supersededBy: champions[0] };
    },
  };
  return { activities, met };
}

const gateOf = (reigning: 'beat' | 'replace') => ({ name: 'clothes', gate: { reigning } });

function ofMethod(activities: object, reigning: 'beat' | 'replace' = 'beat') {
  const ask = <T>(_name: string, activity: (activities: object) => T) => activity(activities);
  return { config: gateOf(reigning), input: {}, quick: ask, step: ask } as unknown as MethodRun<RunBase>;
}

function ofRun(activities: object, versions: readonly (number | undefined)[] = []) {
  return {
    config: gateOf('beat'),
    steps: { orchestration: () => activities, training: () => activities },
    pause: { interruptible: <T>(work: () => T) => work() },
    generations: versions.map((version) => ({ version })),
  } as unknown as RunState;
}

test("a method's model meets every champion that other work has put in its way", async () => {
  const line = busyLine([1, 2, 3]);
  const entry = await enterLine(ofMethod(line.activities), { dataset: DATASET }, MODEL);
  assert.deepEqual(line.met, [1, 2, 3]);
  assert.deepEqual([entry.version, entry.verdict?.version], [9, 3]);

  const beaten = busyLine([1, 2], (version) => version === 1);
  const kept = await enterLine(ofMethod(beaten.activities), { dataset: DATASET }, MODEL);
  assert.deepEqual([kept.version, kept.verdict?.version, beaten.met], [undefined, 2, [1]]);

  const unasked = busyLine([1, 2]);
  const entered = await enterLine(ofMethod(unasked.activities, 'replace'), { dataset: DATASET }, MODEL);
  assert.deepEqual([entered, unasked.met], [{ version: 9 }, [undefined]]);
});

test("a run's models beat one another, until other work comes between", async () => {
  const outcome = { model: MODEL } as GenerationOutcome;
  const alone = busyLine([4]);
  const first = await enterRegistry(ofRun(alone.activities, [undefined, 4]), DATASET, outcome, undefined);
  assert.deepEqual([first, alone.met], [{ version: 9 }, [4]], 'compared with nobody else');

  const line = busyLine([4, 5]);
  const second = await enterRegistry(ofRun(line.activities, [4]), DATASET, outcome, undefined);
  assert.deepEqual([second.version, second.reigning?.version, line.met], [9, 5, [4, 5]]);

  const decision = { promote: true, by: 'somebody', reason: 'seen' };
  const asked = busyLine([4, 5]);
  assert.deepEqual(await enterRegistry(ofRun(asked.activities), DATASET, outcome, decision), { version: 9 });
  assert.deepEqual(asked.met, [undefined]);
});
