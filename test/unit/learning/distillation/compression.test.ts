import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compressionOf } from '../../../../learning/distillation/compression.js';

const predicting = (...classes: number[]) =>
  Float32Array.from(classes.flatMap((best) => [0, 1, 2].map((label) => (label === best ? 0.8 : 0.1))));

const TEACHER = { parameters: 1000, bytes: 4000, imagesPerSecond: 50, predictions: predicting(0, 1, 2, 0) };
const STUDENT = { parameters: 100, bytes: 500, imagesPerSecond: 400, predictions: predicting(0, 1, 1, 1) };

test('a compression has the student’s size, speed, accuracy and agreement relative to the teacher', () => {
  const compression = compressionOf(TEACHER, STUDENT, Int32Array.of(0, 1, 2, 1), 3);
  assert.deepEqual(compression, {
    teacher: { parameters: 1000, bytes: 4000, imagesPerSecond: 50, accuracy: 0.75 },
    student: { parameters: 100, bytes: 500, imagesPerSecond: 400, accuracy: 0.75 },
    images: 4,
    parameterRatio: 10,
    sizeRatio: 8,
    speedRatio: 8,
    agreement: 0.5,
    accuracyKept: 1,
    accuracyLost: 0,
  });
});

test('predictions for other images are refused', () => {
  assert.throws(
    () => compressionOf(TEACHER, { ...STUDENT, predictions: predicting(0) }, Int32Array.of(0, 1, 2, 1), 3),
    /received 4 and 1, expected 4/,
  );
});
