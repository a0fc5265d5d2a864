import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generationLines } from '../../../../../cli/methods/self-training/report-lines.js';
import { report } from '../../../../support/sample-snapshots.js';
import { OPTIONS, textsOf } from '../../view/text-of-view.js';

const end = (more = {}) =>
  textsOf(generationLines(report, { ...OPTIONS, ...more }), Number.POSITIVE_INFINITY);

test('the generations stand side by side, with the gain on the teacher', () => {
  const [head, teacher, first, second] = end();
  assert.match(head!, /test +vs teacher +validation +parameters +ECE +time +promoted/);
  assert.match(teacher!, /Teacher +80.68% +81.20% +78,042 +6.44% +0:45 +version 1/);
  assert.match(first!, /Student 1 +83.12% +\+2.44 +83.50% +174,202 +5.63% +1:05 +version 2/);
  assert.match(second!, /Student 2 +83.66% +\+2.98 .* no$/);
  for (const line of [head, teacher, first, second]) assert.ok(line!.length <= 80, line);
});

test('without test images, validation alone is shown', () => {
  const untested = report.generations.map(({ test: _, ...record }) => record);
  const [head] = textsOf(generationLines({ ...report, generations: untested }, OPTIONS));
  assert.doesNotMatch(head!, /test|vs teacher/);
});

test('the command that classifies a picture can be copied as it stands', () => {
  const text = end({ picture: '/home/ana/my pictures/cat’s.png' }).join('\n');
  assert.match(text, /^ {2}\/home\/ana\/store\/runs\/clothes-20260203-7f3a\/generation-1\/model$/m);
  assert.match(
    text,
    /^ {2}apprentice predict \/home\/ana\/store\/runs\/\S+\/model '\/home\/ana\/my pictures\/cat’s.png'$/m,
  );
  assert.match(end({ folder: '/home/ana' }).join('\n'), /apprentice predict store\/runs\/\S+\/model PICTURE/);
});
