/** Schemas of activity inputs. Loose objects keep keys that are not listed here. */
import { z } from 'zod';
import { runBase } from '../domain/config/base.js';
import { gateConfig } from '../domain/config/gate.js';

export const key = z.string().min(1);
export const count = z.int().min(0);
export const split = z.literal(['validation', 'test']);
/** A run id or a folder within a run. */
export const name = z.string().regex(/^[^./\\][^/\\]*$/, 'expected a name without slashes');

export const anyConfig = z.looseObject({
  ...runBase(''),
  method: z.string(),
  gate: gateConfig.optional(),
});

export const datasetReference = z.looseObject({ splitKey: key, contentHash: key });
export const dataset = z.looseObject({
  ...datasetReference.shape,
  classes: z.array(z.string()).min(1),
  image: z.looseObject({ height: z.int().min(1), width: z.int().min(1), channels: z.literal([1, 3]) }),
  fit: z.string(),
  counts: z.looseObject({ labelled: count, validation: count, unlabelled: count, test: count }),
});

export const storedModel = z.looseObject({ modelKey: key });
export const trainedModel = z.looseObject({
  modelKey: key,
  generation: count,
  parameters: count,
  validationPredictionsKey: key,
  weightsHash: key,
});
export const openedModel = z.looseObject({ reference: key, modelKey: key, outputs: count, weightsHash: key });
export const contestant = z.looseObject({ validationPredictionsKey: key });

export const trainingPlan = z.looseObject({
  name,
  dataset,
  start: z.looseObject({ kind: z.string() }),
  training: z.looseObject({ steps: z.int().min(1) }),
  stopAt: z.int().min(1).optional(),
});
