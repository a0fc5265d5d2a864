import type { io } from '@tensorflow/tfjs-core';

/** A tfjs LayersModel as bytes: what `model.json` and its weight file hold. */
export interface StoredModel {
  /** `modelTopology` of the tfjs layers format. */
  readonly topology: unknown;
  readonly weightSpecs: io.WeightsManifestEntry[];
  readonly weights: Uint8Array;
}
