import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PromoteInput } from '../../../activities/promote.js';
import type { GateConfig } from '../../../domain/config/gate.js';
import type { DatasetRecord, TrainedModel } from '../../../domain/records.js';
import { enterRegistry, promoteThroughGate } from '../../../workflows/enter-registry.js';
import type { PromotingRun } from '../../../workflows/gate.js';
import type { OpenStage } from '../../../workflows/stages.js';

const CONTEST = { dataset: {} as DatasetRecord };
const MODEL = { modelKey: 'mine', generation: 1, validation: { accuracy: 0.9 } } as TrainedModel;
const STAGE: OpenStage = { part: () => undefined };

/** A line into which other runs promote models while this run compares. @param others champions, one after another */
function busyLine(others: readonly number[], passes = (_version: number) => true) {
  const champions = [...others];
  const compared: PromoteInput['comparedVersion'][] = [];
  const activities = {
    findReigning: async () => (champions.length > 0 ? { version: champions[0], modelKey: 'm' } : null),
    measureReigning: async () => ({}),
    judge: async () => ({ passes: passes(champions[0]!), reason: `against ${champions[0]}` }),
    async promote(input: PromoteInput) {
      compared.push(input.comparedVersion);
      if (input.comparedVersion === undefined || champions.length < 2) return { version: 9 };
      champions.shift();
      return { supersededBy: champions[0] };
    },
  };
  return { activities, compared };
}

function runWith(activities: object, gate: Partial<GateConfig> = {}): PromotingRun {
  const run = {
    config: {
      name: 'clothes',
      gate: { reigning: 'beat', otherwise: 'continue', approval: 'never', ...gate },
    },
    input: {},
    trainer: () => activities,
    orchestrator: () => activities,
    showAccuracy: () => undefined,
    stage: (_name: string, work: (stage: OpenStage) => unknown) => work(STAGE),
  };
  return run as unknown as PromotingRun;
}

test('a model is compared with each champion that another run promotes meanwhile', async () => {
  const line = busyLine([1, 2, 3]);
  const entry = await promoteThroughGate(runWith(line.activities), CONTEST, 'the student', MODEL);
  assert.deepEqual(line.compared, [1, 2, 3]);
  assert.deepEqual([entry.version, entry.reigning?.version], [9, 3]);

  const beaten = busyLine([1, 2], (version) => version === 1);
  const kept = await promoteThroughGate(runWith(beaten.activities), CONTEST, 'the student', MODEL);
  assert.deepEqual([kept.version, kept.reigning?.version, beaten.compared], [undefined, 2, [1]]);
});

test('with gate.reigning: replace a model is compared with no champion', async () => {
  const { activities, compared } = busyLine([1, 2]);
  const run = runWith(activities, { reigning: 'replace' });
  const entered = await promoteThroughGate(run, CONTEST, 'the student', MODEL);
  assert.deepEqual([entered, compared], [{ version: 9 }, [undefined]]);
});

test('the models of a run are compared among themselves, until another run promotes one', async () => {
  const alone = busyLine([4]);
  const first = await enterRegistry(runWith(alone.activities), STAGE, CONTEST, {
    model: MODEL,
    ownVersion: 4,
  });
  assert.deepEqual([first, alone.compared], [{ version: 9 }, [4]], 'compared with no other');

  const line = busyLine([4, 5]);
  const second = await enterRegistry(runWith(line.activities), STAGE, CONTEST, {
    model: MODEL,
    ownVersion: 4,
  });
  assert.deepEqual([second.version, second.reigning?.version, line.compared], [9, 5, [4, 5]]);
});

test("no comparison overrules a person's decision", async () => {
  const decision = { promote: true, by: 'somebody', reason: 'seen' };
  const { activities, compared } = busyLine([4, 5]);
  const entry = await enterRegistry(runWith(activities), STAGE, CONTEST, { model: MODEL, decision });
  assert.deepEqual([entry, compared], [{ version: 9, decision }, [undefined]]);
});

test('a copy of the champion is not compared with it', async () => {
  const { activities, compared } = busyLine([4]);
  const from = { reference: 'clothes', name: 'clothes@4', modelKey: 'm', weightsHash: 'w' };
  const entry = await enterRegistry(runWith(activities), STAGE, CONTEST, { model: MODEL, from });
  assert.deepEqual([entry, compared], [{ version: 9 }, [null]]);
});
