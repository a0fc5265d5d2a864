import { BACKBONES, type BackboneName, SMALLEST_SIDE, TOP_FILTERS, type WeightsSource } from './table.js';

/** What is known of a pretrained network. */
export interface BackboneCard {
  readonly name: BackboneName;
  readonly source: WeightsSource;
  readonly trainedOn: string;
  /** ImageNet's class names are not in the packages, so they are left out: class k is ImageNet's k-th. */
  readonly classes: { readonly count: number; readonly names: undefined };
  readonly images: {
    readonly channels: 'RGB';
    /** Of the pixels 0..255; the network does it itself. */
    readonly scaling: '(x - 127) / 128';
    /** Side of the images of its training, in pixels. */
    readonly side: number;
    readonly smallestSide: number;
  };
  /** Width of its features. */
  readonly features: number;
}

export function backboneCard(name: BackboneName): BackboneCard {
  const { side, source } = BACKBONES[name];
  return {
    name,
    source,
    trainedOn: 'ImageNet (ILSVRC 2012)',
    classes: { count: 1000, names: undefined },
    images: { channels: 'RGB', scaling: '(x - 127) / 128', side, smallestSide: SMALLEST_SIDE },
    features: TOP_FILTERS,
  };
}
