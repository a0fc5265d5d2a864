import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Program } from '../../../engine/compile/program.js';
import { type TensorFlow, tf } from '../../../engine/tensorflow.js';
import {
  BACKBONES,
  type BackboneName,
  backboneFeatures,
  loadBackbone,
} from '../../../learning/backbones/index.js';
import type { ImageSet } from '../../../learning/datasets/image-set.js';
import { withFeatures } from '../../../learning/models/features.js';
import { restoreModel, storeModel } from '../../../learning/models/serialisation.js';
import { variablesOf } from '../../../learning/models/variables.js';
import { fetchBackbones } from '../../../setup/backbones/fetch-backbones.mjs';
import { patternPicture } from '../../support/patterns.js';

/** A case of test/golden/backbones.py: the reference implementation in PyTorch. */
interface GoldenCase {
  readonly network: BackboneName;
  readonly pattern: string;
  readonly height: number;
  readonly width: number;
  readonly best: number[];
  readonly logits: string;
  readonly features: string;
}

const GOLDEN = JSON.parse(
  readFileSync(join('test', 'golden', 'backbones', 'efficientnet-lite.json'), 'utf8'),
) as GoldenCase[];
const NAMES = Object.keys(BACKBONES) as BackboneName[];

let files: Record<BackboneName, string>;
// Fetched once for all checkouts, 60 MB. Without a network and without the files, all tests here fail with the remedy.
before(async () => {
  files = await fetchBackbones(NAMES);
});

function floats(text: string): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer);
}

function assertClose(received: Float32Array, golden: string, what: string): void {
  const expected = floats(golden);
  assert.equal(received.length, expected.length, what);
  const difference = received.reduce((most, value, at) => Math.max(most, Math.abs(value - expected[at]!)), 0);
  assert.ok(difference < 1e-3, `${what}: differ by ${difference}`);
}

for (const name of NAMES) {
  test(`${name}: logits and features of the reference implementation at even, odd and unequal sides`, async () => {
    const loaded = await loadBackbone(name, files[name]);
    // The saved network is what is used later.
    const network = await restoreModel(await storeModel(loaded));
    loaded.dispose();
    const both = withFeatures(network);
    const program = new Program(variablesOf(both.weights), { frozen: true });
    const run = program.compile(({ pixels }) => {
      const [logits, features] = both.apply(pixels!, { training: false }) as TensorFlow.Tensor[];
      return { logits: logits!, features: features! };
    });
    for (const { pattern, height, width, ...expected } of GOLDEN.filter((each) => each.network === name)) {
      const values = patternPicture(pattern, height, width);
      const outputs = await run.runAsync({ pixels: { values, shape: [1, height, width, 3] } });
      const logits = outputs['logits']!.dataSync() as Float32Array;
      assertClose(logits, expected.logits, `logits of ${pattern}, ${width} x ${height}`);
      assert.deepEqual(bestOf(logits), expected.best, `${pattern}, ${width} x ${height}`);
      const features = outputs['features']!.dataSync() as Float32Array;
      assertClose(features, expected.features, `features of ${pattern}, ${width} x ${height}`);
      tf.dispose(outputs);
    }
    program.dispose();
    network.dispose();
  });
}

test('features of a saved backbone, by its images alone', async () => {
  const loaded = await loadBackbone('efficientnet-lite0', files['efficientnet-lite0']);
  const model = await storeModel(loaded);
  loaded.dispose();
  const { pattern, height, width, ...expected } = GOLDEN.find(
    ({ network }) => network === 'efficientnet-lite0',
  )!;
  const pixels = patternPicture(pattern, height, width);
  const images: ImageSet = {
    shape: { height, width, channels: 3 },
    count: 2,
    label: () => -1,
    copy: (_, target, offset) => target.set(pixels, offset),
  };
  const { features } = await backboneFeatures({ model, images });
  for (const row of [0, 1]) {
    assertClose(features.slice(row * 1280, (row + 1) * 1280), expected.features, `features of image ${row}`);
  }
});

function bestOf(logits: Float32Array): number[] {
  return [...logits.keys()].sort((a, b) => logits[b]! - logits[a]!).slice(0, 5);
}

after(() => assert.equal(tf.memory().numTensors, 0, 'nothing is left behind'));
