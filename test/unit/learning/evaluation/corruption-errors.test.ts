import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CorruptionName, Severity } from '../../../../domain/corruption.js';
import type { ModelRobustness } from '../../../../domain/methods/robustness.js';
import { corruptionErrors } from '../../../../learning/evaluation/corruption-errors.js';

function measured(clean: number, table: Partial<Record<CorruptionName, readonly number[]>>): ModelRobustness {
  const corrupted = Object.entries(table).flatMap(([corruption, accuracies]) =>
    accuracies.map((accuracy, index) => ({
      corruption: corruption as CorruptionName,
      severity: (index + 1) as Severity,
      accuracy,
      calibrationError: 0,
    })),
  );
  return { clean: { accuracy: clean, calibrationError: 0 }, corrupted };
}

const near = (received: number | null, expected: number) =>
  assert.ok(received !== null && Math.abs(received - expected) < 1e-12, `${received}, expected ${expected}`);

const TEACHER = measured(0.9, { contrast: [0.8, 0.6], jpeg: [0.9, 0.7] });

test('corruption errors are the model’s errors divided by the baseline’s', () => {
  const student = measured(0.95, { contrast: [0.9, 0.8], jpeg: [0.95, 0.85] });
  const { byCorruption, error, meanCorruptionError, relativeMeanCorruptionError } = corruptionErrors(
    student,
    TEACHER,
  );
  // By hand: contrast (0.1 + 0.2) / (0.2 + 0.4), jpeg (0.05 + 0.15) / (0.1 + 0.3).
  near(byCorruption[0]!.corruptionError, 0.5);
  near(byCorruption[1]!.corruptionError, 0.5);
  near(meanCorruptionError, 0.5);
  // (0.3 - 2 * 0.05) / (0.6 - 2 * 0.1) and (0.2 - 0.1) / (0.4 - 0.2).
  near(byCorruption[0]!.relativeCorruptionError, 0.5);
  near(relativeMeanCorruptionError, 0.5);
  near(error, 0.125);
});

test('the baseline has corruption errors of 1', () => {
  const { meanCorruptionError, relativeMeanCorruptionError } = corruptionErrors(TEACHER, TEACHER);
  near(meanCorruptionError, 1);
  near(relativeMeanCorruptionError, 1);
});

test('ratios with a baseline error of 0 are null and left out of the means', () => {
  const flawless = measured(1, { contrast: [1, 1], jpeg: [1, 0.5] });
  const student = measured(0.9, { contrast: [0.8, 0.8], jpeg: [0.9, 0.6] });
  const { byCorruption, meanCorruptionError } = corruptionErrors(student, flawless);
  assert.equal(byCorruption[0]!.corruptionError, null);
  assert.equal(byCorruption[0]!.relativeCorruptionError, null);
  near(meanCorruptionError, byCorruption[1]!.corruptionError!);
});

test('models measured under different corruptions are refused', () => {
  assert.throws(
    () => corruptionErrors(measured(0.9, { contrast: [0.8] }), TEACHER),
    /baseline: received one measured under contrast 1, contrast 2, jpeg 1, jpeg 2, expected contrast 1/,
  );
});
