import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { trainingForGeneration } from '../../../../domain/config/training-for-generation.js';
import { ConfigurationError } from '../../../../domain/errors.js';
import { parseRunConfig } from '../../../../domain/parse-run-config.js';

const LEAST = { name: 'clothes', data: { labelled: { format: 'class-folders', path: '/photos' } } };

/** The reported problems of a configuration, one per line. */
function problemsOf(input: unknown): string[] {
  try {
    parseRunConfig(input);
  } catch (error) {
    assert.ok(error instanceof ConfigurationError);
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}

const withStudent = (student: unknown) => ({ ...LEAST, student });
const withData = (data: object) => ({ ...LEAST, data: { ...LEAST.data, ...data } });

describe('a configuration', () => {
  it('gets all defaults', () => {
    const config = parseRunConfig(LEAST, undefined, 'self-training');
    assert.equal(config.generations, 2);
    assert.equal(config.models.length, 3);
    assert.equal(config.student.optimizer.learningRate, 0.1);
  });

  it('that is complete stays unchanged', () => {
    const config = parseRunConfig(LEAST, undefined, 'self-training');
    assert.deepEqual(parseRunConfig(config), config);
  });

  it('gets all of its problems reported at once, with the source’s name', () => {
    assert.throws(() => parseRunConfig({ name: 'A b', generations: -1 }, 'clothes.yaml'), {
      name: 'ConfigurationError',
      message: [
        'clothes.yaml: 3 problems',
        '  name: received "A b", expected lower-case letters, digits and hyphens, at most 63',
        '  data: missing, expected keys and values',
        '  generations: received -1, expected a whole number from 0 to 100',
      ].join('\n'),
    });
  });

  it('gets the position of each problem', () => {
    const source = { name: 'a.yaml', position: (path: readonly PropertyKey[]) => `a.yaml:${path.length}:1` };
    assert.throws(() => parseRunConfig(withStudent({ steps: 0 }), source), {
      message: 'a.yaml: 1 problem\n  a.yaml:2:1 student.steps: received 0, expected a whole number from 1',
    });
  });

  for (const [what, received] of [
    [undefined, 'nothing'],
    [null, 'nothing'],
    ['clothes', '"clothes"'],
    [[], 'an empty list'],
  ] as const) {
    it(`is not ${received}${what === null ? ' (null)' : ''}`, () => {
      assert.deepEqual(problemsOf(what), [`received ${received}, expected keys and values`]);
    });
  }
});

describe('a wrong value', () => {
  const CASES: ReadonlyArray<readonly [unknown, string]> = [
    [withStudent({ steps: '5' }), 'student.steps: received "5", expected a whole number from 1'],
    [withStudent({ steps: 1.5 }), 'student.steps: received 1.5, expected a whole number from 1'],
    [withStudent({ steps: Number.NaN }), 'student.steps: received NaN, expected a whole number from 1'],
    [withStudent({ steps: null }), 'student.steps: received nothing, expected a whole number from 1'],
    [withStudent({ emaDecay: 2 }), 'student.emaDecay: received 2, expected a number from 0 to 0.99999'],
    [withStudent([]), 'student: received an empty list, expected keys and values'],
    [
      withStudent({ optimizer: { learningRate: 0 } }),
      'student.optimizer.learningRate: received 0, expected a number above 0',
    ],
    [withStudent({ eager: 'no' }), 'student.eager: received "no", expected true or false'],
    [
      withStudent({ optimizer: { kind: 'Adm' } }),
      'student.optimizer.kind: received "Adm", expected "momentum", "adam" or "rmsprop": did you mean "adam"?',
    ],
    [
      withData({ labelsPerClass: 'none' }),
      'data.labelsPerClass: received "none", expected a whole number from 1 or "all"',
    ],
    [
      { ...LEAST, pseudoLabels: { temperature: 0 } },
      'pseudoLabels.temperature: received 0, expected a number above 0',
    ],
    [
      { ...LEAST, pseudoLabels: { perClass: 0 } },
      'pseudoLabels.perClass: received 0, expected a whole number from 1, "mean", "largest" or "off"',
    ],
    [
      withData({ labelled: { format: 'class-folder', path: '/a' } }),
      'data.labelled.format: received "class-folder", expected "class-folders", "folder", "csv", "idx" or "cifar": did you mean "class-folders"?',
    ],
    [
      withData({ labelled: { format: 'csv', path: '' } }),
      'data.labelled.path: received "", expected a text that is not empty',
    ],
    [withData({ labelled: '/photos' }), 'data.labelled: received "/photos", expected keys and values'],
    [
      withData({ test: { format: 'cifar', paths: [] } }),
      'data.test.paths: received an empty list, expected a list of at least 1',
    ],
    [{ ...LEAST, models: [] }, 'models: received an empty list, expected a list of at least 1'],
    [{ ...LEAST, models: [{}] }, 'models[0].kind: missing, expected "residual", "module" or "saved"'],
    [
      { ...LEAST, name: 'x'.repeat(99) },
      `name: received "${'x'.repeat(58)}…, expected lower-case letters, digits and hyphens, at most 63`,
    ],
  ];
  for (const [input, problem] of CASES) {
    it(problem, () => assert.deepEqual(problemsOf(input), [problem]));
  }
});

describe('an unknown key', () => {
  const CASES: ReadonlyArray<readonly [unknown, string]> = [
    [withStudent({ stpes: 5 }), 'student.stpes: unknown key, did you mean student.steps?'],
    [{ ...LEAST, pseudolabels: {} }, 'pseudolabels: unknown key, did you mean pseudoLabels?'],
    [withData({ labeled: {} }), 'data.labeled: unknown key, did you mean data.labelled?'],
    [
      withData({ labelled: { format: 'csv', path: '/a', label_column: 'x' } }),
      'data.labelled.label_column: unknown key, did you mean data.labelled.labelColumn?',
    ],
    [
      { ...LEAST, models: [{ kind: 'residual' }, { kind: 'residual', widht: 3 }] },
      'models[1].widht: unknown key, did you mean models[1].width?',
    ],
    [
      withStudent({ learning_rate: 1 }),
      'student.learning_rate: unknown key here, it belongs to student.optimizer.learningRate',
    ],
    [
      { ...LEAST, batchSize: 3 },
      'batchSize: unknown key here, it belongs to teacher.batchSize, student.batchSize',
    ],
    [
      { ...LEAST, width: 3 },
      'width: unknown key here, it belongs to models[0].width, data.image.width, teacher.augmentation.transforms[0].width, student.augmentation.transforms[0].width and others',
    ],
    [
      withData({ labelled: { format: 'idx', images: '/a', labels: '/b', path: '/c' } }),
      'data.labelled.path: unknown key, expected one of format, images, labels, classes, only (the nearest is only)',
    ],
    [
      { ...LEAST, gate: { frobnicating: 1 } },
      'gate.frobnicating: unknown key, expected one of margin, confidence, resamples, otherwise, approval, reigning (the nearest is reigning)',
    ],
  ];
  for (const [input, problem] of CASES) {
    it(problem, () => assert.deepEqual(problemsOf(input), [problem]));
  }

  it('named __proto__ is one too', () => {
    const [problem] = problemsOf(JSON.parse(JSON.stringify(LEAST).replace('{', '{"__proto__": {"x": 1}, ')));
    assert.match(problem ?? '', /^__proto__: unknown key/);
  });
});

describe('augmentation', () => {
  const problemsOfAugmentation = (augmentation: unknown) =>
    problemsOf(withStudent({ augmentation })).map((line) => line.replace('student.augmentation.', ''));

  it('is RandAugment by default, stronger with each student', () => {
    const config = parseRunConfig(LEAST, undefined, 'self-training');
    const magnitudes = [0, 1, 2, 3, 40].map((generation) => {
      const { policy } = trainingForGeneration(config, generation).augmentation;
      return policy.kind === 'rand-augment' ? policy.magnitude : undefined;
    });
    assert.deepEqual(magnitudes, [9, 9, 11, 13, 30]);
  });

  for (const [augmentation, problem] of [
    [
      { policy: { kind: 'rand-augmnt' } },
      'policy.kind: received "rand-augmnt", expected "rand-augment", "noisy-student", "trivial-augment-wide", "auto-augment-cifar10" or "none": did you mean "rand-augment"?',
    ],
    [
      { policy: { kind: 'rand-augment', magnitude: 31 } },
      'policy.magnitude: received 31, expected less than numMagnitudeBins',
    ],
    [
      { policy: { kind: 'noisy-student', magnitude: 31 } },
      'policy.magnitude: received 31, expected a whole number from 0 to 30',
    ],
    [
      { operations: [{ name: 'Posterize', magnitude: 9 }] },
      'operations[0].magnitude: received 9, expected numbers from 0 to 8 for Posterize (bits kept, truncated)',
    ],
    [
      { operations: [{ name: 'Rotate', magnitude: [20, -20] }] },
      'operations[0].magnitude: received [20, -20], expected the smaller number first',
    ],
    [
      { fill: [1, 2] },
      'fill: received [1, 2], expected a whole number from 0 to 255 or a list of 3, each a whole number from 0 to 255',
    ],
    [{ flip: true }, 'flip: received true, expected a number from 0 to 1'],
  ] as const) {
    it(`is refused as ${JSON.stringify(augmentation)}`, () => {
      assert.deepEqual(problemsOfAugmentation(augmentation), [problem]);
    });
  }

  it('is refused with the nearest operation name', () => {
    const [problem] = problemsOfAugmentation({ operations: [{ name: 'rotat' }] });
    assert.match(problem!, /^operations\[0\]\.name: received "rotat", expected .*: did you mean "Rotate"\?$/);
  });
});
