import { z } from 'zod';
import { dataConfig } from './data.js';
import { executionConfig } from './execution.js';
import { integer } from './numbers.js';

/** The part of a configuration that all methods share, as keys of each method's schema. */
export function runBase<Name extends string>(method: Name) {
  return {
    method: z
      .literal(method)
      .default(method as never)
      .describe('The kind of run.'),
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'expected lower-case letters, digits and hyphens, at most 63')
      .describe('Name of the run and of the model line that it promotes into, for example "clothes".'),
    seed: integer(0, 4294967295).default(0).describe('Keys every random choice of the run.'),
    data: dataConfig,
    execution: executionConfig.prefault({}),
  };
}

const base = z.object(runBase(''));

/** The part of a configuration that all methods share. */
export type RunBase = Omit<z.output<typeof base>, 'method'> & { readonly method: string };

/** A reference to an existing model. */
export const modelReference = z
  .string()
  .min(1)
  .describe(
    'A line of models ("clothes"), one of its versions ("clothes@2"), the id of a run, or a folder with model.json.',
  );
