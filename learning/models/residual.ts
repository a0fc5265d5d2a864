import type { ModelSpec } from '../../domain/config/model.js';
import { keyedRandom } from '../../domain/random.js';
import type { ImageShape } from '../../domain/records.js';
import { type TensorFlow, tf } from '../../engine/tensorflow.js';
import { FusedBatchNormalization } from './layers/fused-batch-normalization.js';
import { KeyedDropout } from './layers/keyed-dropout.js';

type Symbolic = TensorFlow.SymbolicTensor;
type ResidualSpec = Extract<ModelSpec, { kind: 'residual' }>;

export interface NetworkNeeds {
  readonly image: ImageShape;
  readonly classes: number;
  /** Dropout rate before the last layer. */
  readonly dropout: number;
  /** Drop rate of the last residual block; block l of L gets l/L of it (Huang et al. 2016, linear decay). */
  readonly stochasticDepth: number;
  /** Keys the initial weights. */
  readonly seed: number;
}

/** Adds layers to a network and seeds their initial weights by their names. */
class LayerBuilder {
  constructor(private readonly seed: number) {}

  convolution(x: Symbolic, name: string, filters: number, kernelSize: number, strides: number): Symbolic {
    const layer = tf.layers.conv2d({
      name,
      filters,
      kernelSize,
      strides,
      padding: 'same',
      useBias: false,
      kernelInitializer: tf.initializers.heNormal({ seed: this.seedOf(name) }),
    });
    return layer.apply(x) as Symbolic;
  }

  normalised(x: Symbolic, name: string): Symbolic {
    const norm = new FusedBatchNormalization({ name: `${name}-norm`, momentum: 0.9, epsilon: 1e-3 });
    return tf.layers
      .activation({ name: `${name}-relu`, activation: 'relu' })
      .apply(norm.apply(x)) as Symbolic;
  }

  dropout(x: Symbolic, name: string, rate: number, noiseShape?: Array<number | null>): Symbolic {
    if (rate === 0) return x;
    return new KeyedDropout({ name, rate, ...(noiseShape && { noiseShape }) }).apply(x) as Symbolic;
  }

  dense(x: Symbolic, name: string, units: number): Symbolic {
    const kernelInitializer = tf.initializers.glorotUniform({ seed: this.seedOf(name) });
    return tf.layers.dense({ name, units, kernelInitializer }).apply(x) as Symbolic;
  }

  private seedOf(name: string): number {
    return keyedRandom(this.seed, 'initial weights', name).integer(2 ** 31);
  }
}

function stemStride(spec: ResidualSpec, image: ImageShape): 1 | 2 | 4 {
  if (spec.stem !== 'auto') return ({ full: 1, half: 2, quarter: 4 } as const)[spec.stem];
  const side = Math.min(image.width, image.height);
  if (side >= 128) return 4;
  return side >= 64 ? 2 : 1;
}

/**
 * Pre-activation residual network (He et al. 2016, "Identity Mappings in Deep Residual Networks").
 * Its inputs are pixels 0..255, [batch, height, width, channels] float32; its first layer scales them to -1..1. Its
 * outputs are class probabilities [batch, classes].
 */
export function residualNetwork(spec: ResidualSpec, needs: NetworkNeeds): TensorFlow.LayersModel {
  const { image, classes } = needs;
  const layers = new LayerBuilder(needs.seed);
  const input = tf.input({ name: 'pixels', shape: [image.height, image.width, image.channels] });
  let x = tf.layers.rescaling({ name: 'rescale', scale: 1 / 127.5, offset: -1 }).apply(input) as Symbolic;

  const stride = stemStride(spec, image);
  x = layers.convolution(x, 'stem', spec.width, 3, Math.min(stride, 2));
  if (stride === 4) {
    x = tf.layers
      .maxPooling2d({ name: 'stem-pool', poolSize: 3, strides: 2, padding: 'same' })
      .apply(x) as Symbolic;
  }

  const blocks = spec.stages * spec.blocksPerStage;
  for (let block = 0; block < blocks; block++) {
    const stage = Math.floor(block / spec.blocksPerStage);
    const first = block % spec.blocksPerStage === 0;
    const channels = spec.width * 2 ** stage;
    const step = first && stage > 0 ? 2 : 1;
    const name = `stage${stage + 1}-block${(block % spec.blocksPerStage) + 1}`;

    const active = layers.normalised(x, `${name}-a`);
    let branch = layers.convolution(active, `${name}-conv1`, channels, 3, step);
    branch = layers.normalised(branch, `${name}-b`);
    branch = layers.convolution(branch, `${name}-conv2`, channels, 3, 1);
    const dropRate = (needs.stochasticDepth * (block + 1)) / blocks;
    branch = layers.dropout(branch, `${name}-depth`, dropRate, [null, 1, 1, 1]);

    const sameShape = step === 1 && x.shape.at(-1) === channels;
    const shortcut = sameShape ? x : layers.convolution(active, `${name}-shortcut`, channels, 1, step);
    x = tf.layers.add({ name: `${name}-sum` }).apply([shortcut, branch]) as Symbolic;
  }

  x = layers.normalised(x, 'head');
  x = tf.layers.globalAveragePooling2d({ name: 'pool' }).apply(x) as Symbolic;
  x = layers.dropout(x, 'head-dropout', needs.dropout);
  x = layers.dense(x, 'logits', classes);
  const probabilities = tf.layers.softmax({ name: 'probabilities' }).apply(x) as Symbolic;
  return tf.model({ inputs: input, outputs: probabilities });
}
