import { type TensorFlow, tf } from '../../engine/index.js';
import { FusedBatchNormalization } from '../../learning/models/layers/fused-batch-normalization.js';

type Symbolic = TensorFlow.SymbolicTensor;

/** The timed networks, the same as in bench/python/train.py. */
export const NETWORKS = {
  /** Four convolutions with batch norm. */
  conv4: { side: 32, build: conv4 },
  /** He et al. 2016, for CIFAR. */
  'resnet-20': { side: 32, build: (side: number, norm: Norm) => residual(side, norm, RESNET_20) },
  /** The ImageNet network, on small images. */
  'resnet-18': { side: 128, build: (side: number, norm: Norm) => residual(side, norm, RESNET_18) },
} as const;
export type NetworkName = keyof typeof NETWORKS;
export const CLASSES = 10;

interface Norm {
  readonly fused: boolean;
}

class Drawing {
  private norms = 0;
  constructor(private readonly norm: Norm) {}

  convolution(x: Symbolic, filters: number, kernelSize: number, strides: number): Symbolic {
    const settings = { filters, kernelSize, strides, padding: 'same', useBias: false } as const;
    const convolved = tf.layers.conv2d(settings).apply(x) as Symbolic;
    const norm = this.norm.fused
      ? new FusedBatchNormalization({ name: `norm-${this.norms++}`, momentum: 0.9, epsilon: 1e-3 })
      : tf.layers.batchNormalization({ momentum: 0.9, epsilon: 1e-3 });
    return norm.apply(convolved) as Symbolic;
  }

  active(x: Symbolic): Symbolic {
    return tf.layers.activation({ activation: 'relu' }).apply(x) as Symbolic;
  }
}

function finished(input: Symbolic, x: Symbolic): TensorFlow.LayersModel {
  const pooled = tf.layers.globalAveragePooling2d({}).apply(x) as Symbolic;
  return tf.model({ inputs: input, outputs: tf.layers.dense({ units: CLASSES }).apply(pooled) as Symbolic });
}

function conv4(side: number, norm: Norm): TensorFlow.LayersModel {
  const draw = new Drawing(norm);
  const input = tf.input({ shape: [side, side, 3] });
  let x = input;
  for (const [filters, strides] of [
    [32, 1],
    [32, 2],
    [64, 1],
    [64, 2],
  ] as const) {
    x = draw.active(draw.convolution(x, filters, 3, strides));
  }
  return finished(input, x);
}

interface Residual {
  readonly widths: readonly number[];
  readonly blocks: number;
  /** A 7x7 stem with pooling. */
  readonly large: boolean;
}
const RESNET_20: Residual = { widths: [16, 32, 64], blocks: 3, large: false };
const RESNET_18: Residual = { widths: [64, 128, 256, 512], blocks: 2, large: true };

function residual(side: number, norm: Norm, { widths, blocks, large }: Residual): TensorFlow.LayersModel {
  const draw = new Drawing(norm);
  const input = tf.input({ shape: [side, side, 3] });
  let x = draw.active(draw.convolution(input, widths[0]!, large ? 7 : 3, large ? 2 : 1));
  if (large) x = tf.layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }).apply(x) as Symbolic;
  widths.forEach((width, stage) => {
    for (let block = 0; block < blocks; block++) {
      const strides = stage > 0 && block === 0 ? 2 : 1;
      const inner = draw.active(draw.convolution(x, width, 3, strides));
      const branch = draw.convolution(inner, width, 3, 1);
      const shortcut = strides === 1 ? x : draw.convolution(x, width, 1, strides);
      x = draw.active(tf.layers.add().apply([shortcut, branch]) as Symbolic);
    }
  });
  return finished(input, x);
}
