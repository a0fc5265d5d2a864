import { z } from 'zod';
import { dataConfig } from './data.js';
import { executionConfig } from './execution.js';
import { gateConfig, methodGateConfig } from './gate.js';

/** What every durable piece of work is told, whatever its method. */
export const runBase = {
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'expected lower-case letters, digits and hyphens, at most 63')
    .describe('Name of the run and of the model line it promotes into, for example "clothes".'),
  seed: z.int().min(0).max(4294967295).default(0).describe('Every random choice of the run is keyed by it.'),
  data: dataConfig,
  gate: gateConfig.prefault({}),
  execution: executionConfig.prefault({}),
};

/** The same of work other than a run. */
export const methodBase = { ...runBase, gate: methodGateConfig.prefault({}) };

const base = z.strictObject(runBase);

/** The part of a configuration that is the same for all methods. */
export type RunBase = z.output<typeof base>;

/** A model that is there already. */
export const modelReference = z
  .string()
  .min(1)
  .describe(
    'A line of models ("clothes"), one of its versions ("clothes@2"), the id of a run, or a folder with model.json.',
  );
