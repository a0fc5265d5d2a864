import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ModelError } from '../../../../domain/errors.js';
import { tf } from '../../../../engine/tensorflow.js';
import { efficientNetLite } from '../../../../learning/backbones/efficientnet-lite.js';
import { backboneFeatures, loadBackbone } from '../../../../learning/backbones/index.js';
import { loadWeights } from '../../../../learning/backbones/load-weights.js';
import type { FileTensor } from '../../../../learning/backbones/pytorch/read-state-dict.js';
import type { BlockRow } from '../../../../learning/backbones/table.js';
import { weightNames } from '../../../../learning/backbones/weight-names.js';
import { storeModel } from '../../../../learning/models/serialisation.js';
import { startFrom } from '../../../../learning/models/start.js';

/** Two blocks of each kind: without expansion, and with a sum. */
const ROWS: readonly BlockRow[] = [
  { repeats: 1, kernel: 3, stride: 1, expansion: 1, filters: 8 },
  { repeats: 2, kernel: 5, stride: 2, expansion: 6, filters: 8 },
];

const network = efficientNetLite({ rows: ROWS });
after(() => network.dispose());

/** A file that fits, in PyTorch's shapes, all values 0.5. */
function tensors(): Map<string, FileTensor> {
  const file = new Map<string, FileTensor>();
  for (const { layer, tensors } of weightNames({ rows: ROWS })) {
    const weights = network.getLayer(layer).getWeights();
    for (const [place, { name, kind }] of tensors.entries()) {
      const [a, b, c, d] = weights[place]!.shape as [number, number, number, number];
      const shape = { convolution: [d, c, a, b], depthwise: [c, d, a, b], dense: [b, a], vector: [a] }[kind];
      const size = shape.reduce((product, side) => product * side);
      file.set(name, { shape, values: new Float32Array(size).fill(0.5) });
    }
  }
  return file;
}

const load = (file: ReadonlyMap<string, FileTensor>) =>
  loadWeights(network, weightNames({ rows: ROWS }), file, 'some.pth');

test('blocks are counted from 1, so that the last ones can be named', () => {
  const names = network.layers.map(({ name }) => name);
  assert.deepEqual(
    names.filter((name) => name.endsWith('-project')),
    ['block1-project', 'block2-project', 'block3-project'],
  );
  assert.ok(
    names.includes('block3-sum') && !names.includes('block2-sum') && !names.includes('block1-expand'),
  );
});

test('sets every weight, and skips the counters of training steps', () => {
  const file = tensors();
  file.set('_bn0.num_batches_tracked', { shape: [], values: BigInt64Array.of(5n) });
  load(file);
  const values = tf.tidy(() => network.getWeights().map((weight) => tf.mean(weight).dataSync()[0]));
  assert.deepEqual(new Set(values), new Set([0.5]));
});

test('names a tensor that is missing, superfluous, or of another shape or type', () => {
  const refused = (change: (file: Map<string, FileTensor>) => void, reason: RegExp) => {
    const file = tensors();
    change(file);
    assert.throws(
      () => load(file),
      (error: unknown) => error instanceof ModelError && reason.test(error.message),
    );
  };
  refused(
    (file) => file.delete('_fc.bias'),
    /some\.pth, tensor "_fc\.bias": received none, expected float32 \[1000\]/,
  );
  refused(
    (file) => file.set('_blocks.1._se_reduce.weight', file.get('_fc.bias')!),
    /received a tensor "_blocks\.1\._se_reduce\.weight", which this network does not have/,
  );
  refused(
    (file) =>
      file.set('_blocks.1._depthwise_conv.weight', { shape: [48, 1, 3, 3], values: new Float32Array(432) }),
    /received Float32Array \[48,1,3,3\], expected float32 \[48,1,5,5\]/,
  );
  refused(
    (file) => file.set('_fc.bias', { shape: [1000], values: new BigInt64Array(1000) }),
    /received BigInt64Array \[1000\]/,
  );
});

test('a file that is missing, or not the pinned one, is named with the remedy', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-weights-'));
  const file = join(folder, 'weights.pth');
  try {
    await assert.rejects(
      loadBackbone('efficientnet-lite0', file),
      /weights\.pth: .*run `apprentice setup --backbones`/,
    );
    await writeFile(file, 'other');
    await assert.rejects(
      loadBackbone('efficientnet-lite0', file),
      /SHA-256 d9298a10d1b0.*, expected 579344248a93.*: delete it/,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('starts a training with a new head, at an odd size', async () => {
  const image = { height: 65, width: 70, channels: 3 } as const;
  const started = await startFrom(await storeModel(network), {
    head: 'new',
    classes: 4,
    image,
    dropout: 0.2,
    seed: 1,
  });
  const output = tf.tidy(() => started.predict(tf.zeros([2, 65, 70, 3])));
  assert.deepEqual((output as typeof tf.Tensor.prototype).shape, [2, 4]);
  tf.dispose(output);
  started.dispose();
});

test('refuses images that are gray or smaller than 64 pixels', async () => {
  const model = await storeModel(network);
  for (const [height, width, channels] of [
    [63, 80, 3],
    [80, 80, 1],
  ] as const) {
    const images = { shape: { height, width, channels }, count: 0, label: () => -1, copy: () => undefined };
    assert.throws(() => backboneFeatures({ model, images }), /expected at least 64 x 64 with 3 \(RGB\)/);
  }
});
