/** Name, shape and type of one weight, as in the tfjs layers format. The weights' bytes have the same order. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32' | 'bool' | 'string' | 'complex64';
}

/** A tfjs LayersModel as bytes: the content of `model.json` and its weight file. */
export interface StoredModel {
  /** `modelTopology` of the tfjs layers format. */
  readonly topology: unknown;
  readonly weightSpecs: readonly WeightSpec[];
  readonly weights: Uint8Array;
}

/** Returns the number of parameters, non-trainable ones included. */
export function parametersOf({ weightSpecs }: Pick<StoredModel, 'weightSpecs'>): number {
  return weightSpecs.reduce((sum, { shape }) => sum + shape.reduce((size, side) => size * side, 1), 0);
}
