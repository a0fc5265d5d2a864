import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import { foundPolicyFile } from '../../../activities/methods/found-policy-file.js';
import { augmentationConfig } from '../../../domain/config/augmentation.js';
import { selfTrainingConfig } from '../../../domain/methods/self-training.js';

const found = augmentationConfig.parse({ flip: 0.25, policy: { kind: 'rand-augment', magnitude: 17 } });
const data = { labelled: { format: 'class-folders', path: 'x' } };

test('what a search has found is a file for students, which says how it serves teachers and FixMatch', () => {
  const file = foundPolicyFile('s', 'The best.', found);
  const { student } = parse(file) as { student: { augmentation: object } };
  assert.deepEqual(selfTrainingConfig.parse({ name: 'a', data, student }).student.augmentation, found);
  assert.match(file, /^# Found by the search s\. The best\.\n#.*run CONFIG --with FILE/);
  assert.match(file, /teacher instead of student/);

  // As the comment says.
  const { mixup, cutmix, ...strong } = student.augmentation as Record<string, unknown>;
  assert.deepEqual([mixup, cutmix], [0, 0]);
  const teacher = { augmentation: student.augmentation, consistency: { kind: 'fixmatch', strong } };
  const parsed = selfTrainingConfig.parse({ name: 'a', data, teacher });
  assert.deepEqual(parsed.teacher.augmentation, found);
  assert.equal(parsed.teacher.consistency?.kind, 'fixmatch');
});
