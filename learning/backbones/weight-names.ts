import type { BackboneEntry } from './table.js';

/** How a tensor of PyTorch is ordered, and how one of TensorFlow: see {@link ./transposed.ts}. */
export type Kind = 'convolution' | 'depthwise' | 'dense' | 'vector';

/** A layer's tensors by their names in the file, in the order of the layer's weights. */
export interface LayerTensors {
  readonly layer: string;
  readonly tensors: ReadonlyArray<{ readonly name: string; readonly kind: Kind }>;
}

/** Lists the weighted layers of an EfficientNet-Lite with their tensors in the reference implementation. */
export function weightNames({ rows }: Pick<BackboneEntry, 'rows'>): LayerTensors[] {
  const blocks = rows.flatMap(({ repeats, expansion }) => Array<number>(repeats).fill(expansion));
  return [
    ...convolved('stem', '_conv_stem', '_bn0'),
    ...blocks.flatMap((expansion, index) => {
      const [block, from] = [`block${index + 1}`, `_blocks.${index}.`];
      return [
        ...(expansion > 1 ? convolved(`${block}-expand`, `${from}_expand_conv`, `${from}_bn0`) : []),
        ...convolved(`${block}-depthwise`, `${from}_depthwise_conv`, `${from}_bn1`, 'depthwise'),
        ...convolved(`${block}-project`, `${from}_project_conv`, `${from}_bn2`),
      ];
    }),
    ...convolved('top', '_conv_head', '_bn1'),
    {
      layer: 'logits',
      tensors: [
        { name: '_fc.weight', kind: 'dense' },
        { name: '_fc.bias', kind: 'vector' },
      ],
    },
  ];
}

const NORM_TENSORS = ['weight', 'bias', 'running_mean', 'running_var'];

function convolved(layer: string, conv: string, norm: string, kind: Kind = 'convolution'): LayerTensors[] {
  return [
    { layer, tensors: [{ name: `${conv}.weight`, kind }] },
    {
      layer: `${layer}-norm`,
      tensors: NORM_TENSORS.map((name) => ({ name: `${norm}.${name}`, kind: 'vector' })),
    },
  ];
}
