/** One weight's place in a model's bytes, as the tfjs layers format has it. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32' | 'bool' | 'string' | 'complex64';
}

/** A tfjs LayersModel as bytes: what `model.json` and its weight file hold. */
export interface StoredModel {
  /** `modelTopology` of the tfjs layers format. */
  readonly topology: unknown;
  readonly weightSpecs: readonly WeightSpec[];
  readonly weights: Uint8Array;
}

/** How many numbers it has, those that training does not move included. */
export function parametersOf({ weightSpecs }: Pick<StoredModel, 'weightSpecs'>): number {
  return weightSpecs.reduce((sum, { shape }) => sum + shape.reduce((size, side) => size * side, 1), 0);
}
