import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type TransformInput, transformConfig } from '../../../../../domain/config/transforms.js';
import { keyedRandom } from '../../../../../domain/random.js';
import {
  addBrightness,
  crop,
  drawPlan,
  expectDrawable,
  flipVertical,
  getPerspectiveTransform,
  type Picture,
  picture,
  resize,
  rotate,
  rotate90,
  TRANSFORMS,
  transform,
  warpPerspective,
} from '../../../../../learning/augmentation/index.js';

const photo = picture(
  9,
  6,
  3,
  Uint8Array.from({ length: 9 * 6 * 3 }, (_, at) => (at * 37) % 256),
);
const SRC = [
  [0, 0],
  [8, 0],
  [8, 5],
  [0, 5],
];
const DST = [
  [1, 0],
  [8, 1],
  [7, 5],
  [0, 4],
];

test('a configuration can name every operation', () => {
  const names = transformConfig.def.options.map((option) => option.shape.name.value);
  assert.deepEqual(names.sort(), Object.keys(TRANSFORMS).sort());
});

const cases: [TransformInput[], (source: Picture) => Picture][] = [
  [
    [{ name: 'crop', left: -2, top: 1, width: 5, height: 4, padding: 'reflect' }],
    (source) => crop(source, { left: -2, top: 1, width: 5, height: 4 }, { mode: 'reflect' }),
  ],
  [[{ name: 'rotate90' }, { name: 'flipVertical' }], (source) => flipVertical(rotate90(source))],
  [
    [{ name: 'rotate', degrees: 30, interpolation: 'bilinear', fill: [1, 2, 3] }],
    (source) => rotate(source, 30, { interpolation: 'bilinear', fill: [1, 2, 3] }),
  ],
  [[{ name: 'resize', width: 4, height: 3 }], (source) => resize(source, 4, 3)],
  [[{ name: 'addBrightness', amount: -60 }], (source) => addBrightness(source, -60)],
  [
    [{ name: 'warpPerspective', src: SRC, dst: DST, borderMode: 'replicate' }],
    (source) =>
      warpPerspective(source, getPerspectiveTransform(SRC as never, DST as never), [0, 0], {
        borderMode: 'replicate',
      }),
  ],
];
for (const [transforms, expected] of cases) {
  test(`${transforms.map(({ name }) => name).join(', ')} by name is what the functions do`, () => {
    assert.deepEqual(transform(photo, transforms), expected(photo));
  });
}

for (const [transforms, message] of [
  [[{ name: 'rotat', degrees: 3 }], /^transforms\.0\.name: received "rotat", expected/],
  [[{ name: 'rotate', degrees: 'a' }], /^transforms\.0\.degrees: received "a", expected/],
  [[{ name: 'invert' }, { name: 'posterize', bits: 9 }], /^transforms\.1\.bits: received 9, expected/],
  [[{ name: 'erase', right: 10, bottom: 2 }], /^box\.right: received 10, expected an integer from 0 to 9$/],
  [[{ name: 'warpAffine' }], /^warpAffine: received \{\}, expected either M, or src and dst$/],
  [
    [
      {
        name: 'warpAffine',
        src: [
          [0, 0],
          [1, 1],
          [2, 2],
        ],
        dst: [
          [0, 0],
          [1, 0],
          [0, 1],
        ],
      },
    ],
    /src\[0\], src\[1\] and src\[2\] do/,
  ],
] as const) {
  test(`${JSON.stringify(transforms)} is refused`, () => {
    assert.throws(() => transform(photo, transforms as never), { name: 'ConfigurationError', message });
  });
}

test('transforms must keep the size, and each is applied with its probability', () => {
  const half = transformConfig.array().parse([{ name: 'rotate90' }, { name: 'invert', probability: 0.5 }]);
  assert.throws(
    () => expectDrawable({ transforms: half }, photo),
    /transforms: received "6 x 9", expected the pictures' own 9 x 6/,
  );
  const square = { width: 8, height: 8, channels: 1 } as const;
  expectDrawable({ transforms: half }, square);
  const inverted = Array.from({ length: 200 }, (_, example) => {
    const { transforms = [] } = drawPlan({ transforms: half }, square, keyedRandom(example));
    assert.equal(transforms[0]?.name, 'rotate90');
    return transforms.length - 1;
  }).reduce((sum, one) => sum + one);
  assert.ok(inverted > 70 && inverted < 130, `${inverted} of 200`);
});
