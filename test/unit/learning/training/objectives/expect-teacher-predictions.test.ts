import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DistillationSpec, RetentionSpec } from '../../../../../domain/objective-spec.js';
import type { Teachers } from '../../../../../learning/distillation/teachers.js';
import { expectTeacherPredictions } from '../../../../../learning/training/objectives/expect-teacher-predictions.js';

const DISTIL: DistillationSpec = {
  ...{ kind: 'distill', alpha: 0.1, temperature: 4, targets: 'soft', views: 'same' },
};
const RETAIN: RetentionSpec = {
  ...{ kind: 'retain', oldClasses: 3, temperature: 2, weight: 1, heads: 'separate', views: 'recorded' },
};
const IMAGE = { height: 8, width: 8, channels: 1 } as const;
const JOB = { classes: 5, image: IMAGE };

function teachersOf(classes: number, inputShape: Array<number | null> = [8, 8, 1]): Teachers {
  return { classes, inputShape } as unknown as Teachers;
}

function responsesOf(width: number) {
  return { width, labelled: new Float32Array() };
}

test('an objective without fitting teachers or responses is refused', () => {
  expectTeacherPredictions({ ...JOB, objective: DISTIL, teachers: teachersOf(5) });
  expectTeacherPredictions({ ...JOB, objective: DISTIL, teachers: teachersOf(5, [null, null, 1]) });
  expectTeacherPredictions({ ...JOB, objective: RETAIN, responses: responsesOf(3) });
  expectTeacherPredictions({ ...JOB, objective: { ...RETAIN, weight: 0 } });
  expectTeacherPredictions(JOB);
});

const WRONG: readonly (readonly [
  change: Partial<Parameters<typeof expectTeacherPredictions>[0]>,
  message: RegExp,
])[] = [
  [{ objective: { ...DISTIL, alpha: 1.1 } }, /^alpha: received 1.1, expected a number from 0 to 1$/],
  [{ objective: { ...DISTIL, alpha: Number.NaN } }, /^alpha/],
  [{ objective: { ...DISTIL, temperature: 0 } }, /^temperature: received 0/],
  [{ objective: { ...DISTIL, views: 'recorded', features: { weight: 1 } } }, /^views: received recorded/],
  [{ objective: DISTIL }, /^teachers: received none, expected predictions of 5 classes/],
  [{ objective: DISTIL, teachers: teachersOf(4) }, /^teachers: received 4 classes, expected .* 5/],
  [
    { objective: DISTIL, teachers: teachersOf(5, [28, 28, 1]) },
    /^teachers: .*\[28, 28, 1\], expected \[8, 8, 1\]/,
  ],
  [{ objective: { ...DISTIL, views: 'recorded' }, teachers: teachersOf(5) }, /^responses: received none/],
  [{ objective: { ...RETAIN, oldClasses: 5 } }, /^oldClasses: received 5, expected a number from 1 to 4/],
  [{ objective: { ...RETAIN, weight: -1 } }, /^weight: received -1/],
  [{ objective: RETAIN, responses: responsesOf(5) }, /^responses: received 5 classes, expected .* 3/],
];

test('the error names the setting', () => {
  for (const [change, message] of WRONG)
    assert.throws(() => expectTeacherPredictions({ ...JOB, ...change }), { message });
});
