import { z } from 'zod';

const modelVersion = z.object({
  line: z.string(),
  version: z.int().min(1),
  modelKey: z.string(),
  runId: z.string(),
  generation: z.int().min(0),
  promotedAt: z.string(),
  validationAccuracy: z.number(),
  classes: z.array(z.string()).readonly(),
  image: z.object({ height: z.int(), width: z.int(), channels: z.literal([1, 3]) }),
  parameters: z.int(),
  datasetHash: z.string(),
});

const shared = {
  /** Position in the log, from 1. */
  number: z.int().min(1),
  at: z.string(),
  /** Who decided: a person's name, or `gate`. */
  by: z.string(),
  reason: z.string(),
  /** Hash of the record before; absent in the first. */
  previous: z.string().optional(),
};

/** A change of a line of models. */
export const registryRecord = z.discriminatedUnion('kind', [
  z.object({ ...shared, kind: z.literal('promoted'), model: modelVersion }),
  z.object({ ...shared, kind: z.literal('rolled-back'), to: z.int().min(1) }),
]);

export type RegistryRecord = z.output<typeof registryRecord>;
