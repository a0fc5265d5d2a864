import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import { policyFile } from '../../../../activities/search/policy-file.js';
import { augmentationConfig } from '../../../../domain/config/augmentation.js';
import { selfTrainingConfig } from '../../../../domain/methods/self-training.js';

const found = augmentationConfig.parse({ flip: 0.25, policy: { kind: 'rand-augment', magnitude: 17 } });
const data = { labelled: { format: 'class-folders', path: 'x' } };

test('the policy of a search is a config file for students that explains its use for teachers and FixMatch', () => {
  const file = policyFile('s', 'The best.', found);
  const { student } = parse(file) as { student: { augmentation: object } };
  assert.deepEqual(selfTrainingConfig.parse({ name: 'a', data, student }).student.augmentation, found);
  assert.match(file, /^# Found by the search s\. The best\.\n#.*run CONFIG --with FILE/);
  assert.match(file, /train the teacher .*\n# .*replace "student" below by "teacher"/);

  // As the comment says.
  const { mixup, cutmix, ...strong } = student.augmentation as Record<string, unknown>;
  assert.deepEqual([mixup, cutmix], [0, 0]);
  const teacher = { augmentation: student.augmentation, consistency: { kind: 'fixmatch', strong } };
  const parsed = selfTrainingConfig.parse({ name: 'a', data, teacher });
  assert.deepEqual(parsed.teacher.augmentation, found);
  assert.equal(parsed.teacher.consistency?.kind, 'fixmatch');
});
