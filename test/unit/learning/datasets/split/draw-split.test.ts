import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DataError } from '../../../../../domain/errors.js';
import { DATA_FIELDS } from '../../../../../learning/datasets/data-fields.js';
import { drawSplit, type SplitRequest } from '../../../../../learning/datasets/split/draw-split.js';

const CLASSES = ['boot', 'シャツ', 'bag'];

interface Image {
  readonly pixels: number;
  readonly label: number;
}

function request(
  labelled: Image[],
  unlabelled: Image[],
  test: Image[],
  options: Partial<SplitRequest> = {},
): SplitRequest {
  const images = [...labelled, ...unlabelled, ...test];
  return {
    data: { labelsPerClass: 2, validationPerClass: 1 },
    seed: 0,
    classes: CLASSES,
    parts: { labelled: labelled.length, unlabelled: unlabelled.length, test: test.length },
    labels: Int32Array.from(images, ({ label }) => label),
    fingerprints: images.map(({ pixels }) => `f${pixels}`),
    fields: DATA_FIELDS,
    ...options,
  };
}

/** `count` images of each class, pixels numbered from `first` on. */
function pool(count: number, first = 0): Image[] {
  return Array.from({ length: count * CLASSES.length }, (_, index) => ({
    pixels: first + index,
    label: index % CLASSES.length,
  }));
}

const image = fc.record({ pixels: fc.nat(40), label: fc.integer({ min: 0, max: 2 }) });
const loose = fc.record({ pixels: fc.nat(60), label: fc.constant(-1) });

test('splits have no common pixels, keep the budget, and account for every image', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(image, loose), { maxLength: 40 }),
      fc.array(loose, { maxLength: 20 }),
      fc.array(image, { maxLength: 10 }),
      fc.nat(),
      fc.constantFrom(1, 2, 'all' as const),
      fc.integer({ min: 1, max: 3 }),
      (extra, unlabelled, testImages, seed, labelsPerClass, validationPerClass) => {
        // Enough of each class that no other image equals.
        const labelled = [...extra, ...pool(5, 100)];
        const data = { labelsPerClass, validationPerClass };
        const asked = request(labelled, unlabelled, testImages, { seed, data });
        const split = drawSplit(asked);
        const { labels, fingerprints } = asked;

        const all = Object.values(split.positions);
        const pixels = all.map((positions) => new Set(positions.map((position) => fingerprints[position])));
        for (const [index, one] of pixels.entries()) {
          for (const other of pixels.slice(index + 1)) for (const own of one) assert.ok(!other.has(own));
        }
        const placed = all.flat();
        assert.equal(new Set(placed).size, placed.length);
        assert.equal(placed.length + split.copies.length, fingerprints.length);
        for (const positions of all)
          assert.deepEqual(
            positions,
            [...positions].sort((a, b) => a - b),
          );
        assert.equal(split.positions.test.length, testImages.length);

        for (const [label] of CLASSES.entries()) {
          const count = (positions: readonly number[]) =>
            positions.filter((at) => labels[at] === label).length;
          assert.equal(count(split.positions.validation), validationPerClass);
          if (labelsPerClass !== 'all') assert.equal(count(split.positions.labelled), labelsPerClass);
        }
        for (const at of [...split.positions.labelled, ...split.positions.validation])
          assert.ok(at < labelled.length);
        assert.deepEqual(drawSplit(asked), split);
      },
    ),
  );
});

test('another seed draws another split', () => {
  const labelled = pool(50);
  const one = drawSplit(request(labelled, [], [], { seed: 1 })).positions.labelled;
  const other = drawSplit(request(labelled, [], [], { seed: 2 })).positions.labelled;
  assert.notDeepEqual(one, other);
});

test('validation does not depend on the number of labels, and fewer labels are a subset of more', () => {
  const labelled = pool(30);
  const draw = (labelsPerClass: number | 'all') =>
    drawSplit(request(labelled, [], [], { data: { labelsPerClass, validationPerClass: 5 } })).positions;
  const [few, many, all] = [draw(2), draw(10), draw('all')];
  assert.deepEqual(few.validation, all.validation);
  assert.ok(few.labelled.every((at) => many.labelled.includes(at)));
  assert.ok(many.labelled.every((at) => all.labelled.includes(at)));
  assert.equal(all.labelled.length, 3 * 25);
  assert.equal(all.unlabelled.length, 0);
});

test('copies of test images are dropped; copies of labelled ones are dropped from the unlabelled', () => {
  const labelled = pool(3);
  const unlabelled = labelled.map(({ pixels }) => ({ pixels, label: -1 }));
  const twice = drawSplit(request(labelled, unlabelled, []));
  assert.equal(twice.positions.unlabelled.length, 0);
  assert.equal(twice.copies.length, 9);
  const inTest = [{ pixels: 0, label: 1 }];
  assert.throws(
    () => drawSplit(request(labelled, [], inTest)),
    (error) =>
      error instanceof DataError &&
      /class "boot" has 2 images that can be read .*expected at least 3/.test(error.message),
  );
});

test('equal pixels with two labels are used for neither', () => {
  const labelled = [...pool(4), { pixels: 0, label: 1 }];
  for (let seed = 0; seed < 20; seed++) {
    const { positions } = drawSplit(request(labelled, [], [], { seed }));
    assert.ok(positions.unlabelled.includes(0) && positions.unlabelled.includes(12));
  }
});

test('new labels move their images to the labelled split and drop copies of them; nothing else moves', () => {
  fc.assert(
    fc.property(
      fc.array(image, { maxLength: 30 }),
      fc.array(loose, { minLength: 1, maxLength: 30 }),
      fc.nat(),
      fc.array(fc.nat(59), { maxLength: 10 }),
      (extra, unlabelled, seed, asked) => {
        const labelled = [...extra, ...pool(5, 100)];
        const plain = request(labelled, unlabelled, [], { seed });
        const before = drawSplit(plain);
        assert.deepEqual(drawSplit({ ...plain, newLabels: [] }), before);
        const { fingerprints } = plain;
        // A class for each pixel content, so that copies agree.
        const chosen = asked.map(
          (at) => before.positions.unlabelled[at % before.positions.unlabelled.length]!,
        );
        const newLabels = chosen
          .filter((at) => at !== undefined)
          .map((at) => ({
            image: at,
            label: fingerprints[at]!.length % 3,
            place: `line ${at}`,
            className: 'x',
          }));
        const { positions, answers: placed = [], copies } = drawSplit({ ...plain, newLabels });
        const pixels = new Set(newLabels.map(({ image: at }) => fingerprints[at]!));
        assert.deepEqual(new Set(placed.map(([at]) => fingerprints[at]!)), pixels);
        assert.equal(placed.length, pixels.size);
        assert.deepEqual(positions.validation, before.positions.validation);
        const added = placed.map(([at]) => at);
        assert.deepEqual(
          positions.labelled,
          [...before.positions.labelled, ...added].sort((a, b) => a - b),
        );
        assert.deepEqual(
          positions.unlabelled,
          before.positions.unlabelled.filter((at) => !pixels.has(fingerprints[at]!)),
        );
        const all = Object.values(positions).flat().length;
        assert.equal(all + copies.length, fingerprints.length);
      },
    ),
  );
});
