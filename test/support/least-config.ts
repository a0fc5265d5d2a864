import type { ConfigInputOf, MethodName, RunConfigInput } from '../../domain/methods.js';

export const LABELLED = { format: 'class-folders', path: '/pictures' } as const;

type OwnSettings<Name extends MethodName> = Omit<ConfigInputOf<Name>, 'name' | 'data' | 'method'>;

/** The settings of each method that have no default. */
export const REQUIRED: { readonly [Name in MethodName]: OwnSettings<Name> } = {
  'self-training': {},
  transfer: { from: 'clothes' },
  distill: { teachers: ['clothes'] },
  extend: { from: 'clothes' },
  search: {},
  gap: { model: 'clothes' },
  'label-next': { model: 'clothes' },
  robustness: { models: ['clothes'] },
  evaluate: { model: 'clothes' },
};

/** A configuration with the required settings of a method only. */
export function leastConfig(method: MethodName): RunConfigInput {
  return { name: 'shoes', method, data: { labelled: LABELLED }, ...REQUIRED[method] } as RunConfigInput;
}
