import assert from 'node:assert/strict';
import { test } from 'node:test';
import { view } from '../../../../../cli/methods/distill/view.js';
import type { DistillReport } from '../../../../../domain/methods/distill.js';
import { OPTIONS } from '../../view/text-of-view.js';

const COMPRESSION = {
  teacher: { parameters: 308_650, bytes: 1_234_600, imagesPerSecond: 2000, accuracy: 0.8752 },
  student: { parameters: 30_900, bytes: 123_600, imagesPerSecond: 9000, accuracy: 0.871 },
  images: 5000,
  parameterRatio: 9.99,
  sizeRatio: 9.99,
  speedRatio: 4.5,
  agreement: 0.9542,
  accuracyKept: 0.9952,
  accuracyLost: 0.0042,
};

const REPORT = {
  name: 'small',
  teachers: ['clothes'],
  validation: COMPRESSION,
  version: 3,
} as unknown as DistillReport;

const lines = async (report: DistillReport) => (await view.report(report, OPTIONS)).map(String);

test('teacher and student are shown side by side', async () => {
  assert.deepEqual(
    (await lines(REPORT)).map((line) => line.replaceAll(/ {2,}/g, '  ').trim()),
    [
      'CLOTHES  STUDENT',
      'parameters  308,650  30,900  10.0 times fewer',
      'size on disk  1.2 MB  124 kB  10.0 times smaller',
      'images a second  2,000  9,000  4.5 times as fast',
      'accuracy on validation  87.52%  87.10%  −0.42',
      'agreement on validation  95.42%  of 5,000 images',
      '',
      'Entered the registry as small@3.',
    ],
  );
});

test('a report shows test images, several teachers, and a champion that was not beaten', async () => {
  const { version: _, ...report } = REPORT;
  const reigning = { reason: 'no better' } as DistillReport['reigning'] & object;
  const all = (await lines({ ...report, teachers: ['a', 'b'], test: COMPRESSION, reigning })).join('\n');
  assert.match(all, /2 TEACHERS/);
  assert.match(all, /accuracy on test/);
  assert.match(all, /Not entered into small: no better/);
});

test('a student that is larger than its teacher gets a warning', async () => {
  const isWarned = async (parameterRatio: number) =>
    (await lines({ ...REPORT, validation: { ...COMPRESSION, parameterRatio } })).some((line) =>
      line.startsWith('! The student is larger than its teacher'),
    );
  assert.equal(await isWarned(0.5), true);
  assert.equal(await isWarned(1), false);
});
