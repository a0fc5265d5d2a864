import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import { FusedBatchNormalization } from '../models/layers/fused-batch-normalization.js';
import { FusedReLU } from '../models/layers/fused-relu.js';
import { type BackboneEntry, type BlockRow, IMAGENET_CLASSES, STEM_FILTERS, TOP_FILTERS } from './table.js';

type Symbolic = TensorFlow.SymbolicTensor;

/**
 * EfficientNet-Lite: EfficientNet (Tan and Le 2019) without squeeze-and-excitation, with ReLU6. Its weights are untrained.
 * Its inputs are RGB pixels 0..255, [batch, height, width, 3] float32 of any size; its first layer scales them to
 * (x - 127) / 128. Its outputs are class probabilities [batch, 1000]. Layers of block b are named `blockB-…`, counted
 * from 1; `top` is the convolution after the blocks.
 */
export function efficientNetLite({ rows }: Pick<BackboneEntry, 'rows'>): TensorFlow.LayersModel {
  const input = tf.input({ name: 'pixels', shape: [null, null, 3] });
  let x = applied(input, tf.layers.rescaling({ name: 'rescale', scale: 1 / 128, offset: -127 / 128 }));
  x = active(convolution(x, 'stem', STEM_FILTERS, 3, 2), 'stem');
  let block = 0;
  for (const row of rows) {
    for (let repeat = 0; repeat < row.repeats; repeat++) {
      block++;
      x = invertedResidual(x, `block${block}`, { ...row, stride: repeat === 0 ? row.stride : 1 });
    }
  }
  x = active(convolution(x, 'top', TOP_FILTERS, 1), 'top');
  x = applied(x, tf.layers.globalAveragePooling2d({ name: 'pool' }));
  x = applied(x, tf.layers.dense({ name: 'logits', units: IMAGENET_CLASSES, kernelInitializer: 'zeros' }));
  return tf.model({ inputs: input, outputs: applied(x, tf.layers.softmax({ name: 'probabilities' })) });
}

/** An inverted residual block: expand, convolve each channel for itself, project (Sandler et al. 2018, MobileNetV2). */
function invertedResidual(
  x: Symbolic,
  name: string,
  { kernel, stride, expansion, filters }: BlockRow,
): Symbolic {
  const channels = x.shape.at(-1)!;
  let branch = x;
  if (expansion > 1) {
    branch = active(convolution(branch, `${name}-expand`, channels * expansion, 1), `${name}-expand`);
  }
  branch = active(depthwise(branch, `${name}-depthwise`, kernel, stride), `${name}-depthwise`);
  branch = normalised(convolution(branch, `${name}-project`, filters, 1), `${name}-project`);
  if (stride > 1 || channels !== filters) return branch;
  return tf.layers.add({ name: `${name}-sum` }).apply([branch, x]) as Symbolic;
}

// Zeros, because the weights are read from a file; drawing random ones would take longer than that.
const SHARED = { padding: 'same', useBias: false } as const;

function convolution(x: Symbolic, name: string, filters: number, kernelSize: number, strides = 1): Symbolic {
  return applied(
    x,
    tf.layers.conv2d({ name, filters, kernelSize, strides, kernelInitializer: 'zeros', ...SHARED }),
  );
}

function depthwise(x: Symbolic, name: string, kernelSize: number, strides: number): Symbolic {
  return applied(
    x,
    tf.layers.depthwiseConv2d({ name, kernelSize, strides, depthwiseInitializer: 'zeros', ...SHARED }),
  );
}

function normalised(x: Symbolic, name: string): Symbolic {
  return applied(x, new FusedBatchNormalization({ name: `${name}-norm`, momentum: 0.99, epsilon: 1e-3 }));
}

function active(x: Symbolic, name: string): Symbolic {
  return applied(normalised(x, name), new FusedReLU({ name: `${name}-relu6`, maxValue: 6 }));
}

function applied(x: Symbolic, layer: TensorFlow.layers.Layer): Symbolic {
  return layer.apply(x) as Symbolic;
}
