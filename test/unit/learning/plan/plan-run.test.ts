import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { planText } from '../../../../cli/plan/plan-text.js';
import { DataError } from '../../../../domain/errors.js';
import { selfTrainingConfig } from '../../../../domain/methods/self-training.js';
import type { ConfigInputOf } from '../../../../domain/methods.js';
import type { OpenedModel } from '../../../../domain/records.js';
import { type CountParameters, planRun } from '../../../../learning/plan/plan-run.js';

type Input = ConfigInputOf<'self-training'>;

const PER_CLASS = 12;
let folder: string;
let data: Input['data'];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apprentice-plan-'));
  const picture = await sharp({ create: { width: 9, height: 10, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  for (const name of ['ant', 'bee']) {
    await mkdir(join(folder, name));
    for (let i = 0; i < PER_CLASS; i++) await writeFile(join(folder, name, `${i}.png`), picture);
  }
  data = { labelled: { format: 'class-folders', path: folder }, labelsPerClass: 2, validationPerClass: 3 };
});
after(() => rm(folder, { recursive: true }));

/** As many parameters as the width says. */
const byWidth: CountParameters = async (networks) =>
  networks.map(({ spec }) => (spec.kind === 'residual' ? spec.width * 1000 : 0));

function plan(rest: Partial<Input> = {}, count = byWidth, known?: OpenedModel) {
  const config = selfTrainingConfig.parse({
    name: 'insects',
    generations: 3,
    models: [
      { kind: 'residual', width: 4 },
      { kind: 'residual', width: 8 },
    ],
    teacher: { steps: 10, batchSize: 4 },
    student: { steps: 20, batchSize: 4, unlabelledRatio: 3 },
    data,
    ...rest,
  });
  return planRun(config, count, known);
}

describe('planRun', () => {
  it("refuses augmentation that doesn't suit the pictures, the students' too", async () => {
    const cut: NonNullable<Input['student']> = {
      augmentation: { transforms: [{ name: 'centreCrop', width: 5, height: 5 }] },
    };
    await assert.rejects(plan({ student: cut }), {
      name: 'ConfigurationError',
      message:
        /^student.augmentation: transforms: received "5 x 5", expected the pictures' own 9 x 10 pixels/,
    });
    await assert.rejects(plan({ teacher: cut }), /^ConfigurationError: teacher.augmentation: /);
  });

  it('counts data, parameters and images of every generation', async () => {
    const { data: survey, generations } = await plan();
    assert.deepEqual(survey.counts, { labelled: 4, validation: 6, unlabelled: 14, test: 0 });
    assert.deepEqual(
      generations.map(({ parameters, steps, labelledSeen, unlabelledSeen }) => [
        parameters,
        steps,
        labelledSeen,
        unlabelledSeen,
      ]),
      [
        [4000, 10, 40, 0],
        [8000, 20, 80, 240],
        [8000, 20, 80, 240],
        [8000, 20, 80, 240],
      ],
    );
  });

  it('builds each different network once, with the noise of its training', async () => {
    const built: number[] = [];
    await plan({}, async (networks) => {
      built.push(...networks.map(({ needs }) => needs.dropout));
      return networks.map(() => 1);
    });
    assert.deepEqual(built, [0, 0.2]);
  });

  it('names students that are smaller than the generation before', async () => {
    const { problems } = await plan({
      models: [
        { kind: 'residual', width: 8 },
        { kind: 'residual', width: 4 },
      ],
    });
    assert.equal(problems.length, 1);
    assert.match(problems[0]!, /student 1 has 4,000 parameters, expected at least the 8,000/);
  });

  it('takes a teacher that is there as it is, on pictures as it takes them', async () => {
    const teacher = {
      ...{ reference: 'insects', name: 'insects@3', modelKey: 'k', weightsHash: 'h', outputs: 2 },
      ...{ image: { height: 16, width: 12, channels: 3 as const }, fit: 'cover' as const, parameters: 7000 },
    };
    const own = { teacher: { from: 'insects' } };
    const known = { ...teacher, classes: ['ant', 'bee'] };
    const { data: survey, generations, problems } = await plan(own, byWidth, known);
    assert.deepEqual(survey.image, teacher.image);
    const [first, second] = generations;
    assert.deepEqual([first?.network, first?.parameters, first?.labelledSeen], ['insects@3', 7000, 0]);
    assert.deepEqual([second?.field, second?.parameters], ['models[1]', 8000]);
    assert.deepEqual(problems, []);
    const larger = await plan(own, byWidth, { ...known, parameters: 9000 });
    assert.match(larger.problems[0]!, /^models\[1\]: student 1 .* before it \(teacher\.from\)/);
    await assert.rejects(
      plan(own, byWidth, { ...teacher, classes: ['ant', 'wasp'] }),
      /^ModelError: teacher\.from: received insects \(insects@3\) with the classes ant, wasp/,
    );
  });

  it('warns of what is probably not meant', async () => {
    const { warnings } = await plan();
    assert.deepEqual(
      warnings.map((text) => text.split(':')[0]),
      ['2 labelled images for each class', '6 validation images', 'no test images (data.test)'],
    );
    const { warnings: few } = await plan({ data: { ...data, labelsPerClass: 8 } });
    assert.match(few[0]!, /^only 2 unlabelled images for 16 labelled ones/);
  });

  it('warns where balancing takes from SoftMatch what it weighs', async () => {
    const warned = async (pseudoLabels: Input['pseudoLabels']) =>
      (await plan({ pseudoLabels })).warnings.some((text) => /softmatch with perClass/.test(text));
    assert.equal(await warned({ rule: 'softmatch' }), true);
    assert.equal(await warned({ rule: 'softmatch', perClass: 'off' }), false);
    assert.equal(await warned({ rule: 'quota' }), false);
  });

  it('warns of noise for students where there are none', async () => {
    const warned = async (change: Partial<Input>) =>
      (await plan(change)).warnings.some((text) => /^student\.augmentation: has no effect/.test(text));
    const found = { student: { augmentation: { flip: 0.25 } } };
    assert.equal(await warned({ generations: 0, ...found }), true);
    assert.equal(await warned({ generations: 0 }), false);
    assert.equal(await warned(found), false);
  });

  it('refuses data that the run would refuse', async () => {
    await assert.rejects(plan({ data: { ...data, labelsPerClass: 100 } }), DataError);
    const noneLeft = { ...data, labelsPerClass: 'all' } as const;
    await assert.rejects(plan({ data: noneLeft }), {
      name: 'DataError',
      message:
        /^data\.unlabelled: received no images, expected .*: give data\.unlabelled, .* generations to 0$/,
    });
    assert.equal((await plan({ data: noneLeft, generations: 0 })).generations.length, 1);
  });

  it('reads well in 80 columns', async () => {
    const text = planText(await plan());
    assert.match(text, /insects: a teacher and 3 students/);
    assert.match(text, /2 classes, model input 9 × 10 pixels, colour/);
    assert.match(text, /Student 3 +residual, width 8 +8,000 +20 +80 +240/);
    assert.deepEqual(
      text.split('\n').filter((line) => line.length > 90),
      [],
    );
  });
});
