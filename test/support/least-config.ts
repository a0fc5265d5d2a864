import type { ConfigInputOf, MethodName, RunConfigInput } from '../../domain/methods.js';

const base = { name: 'shoes', data: { labelled: { format: 'class-folders', path: 'x' } } } as const;
const model = { kind: 'residual', width: 4 } as const;

const LEAST: { readonly [Name in MethodName]: ConfigInputOf<Name> & { readonly method: Name } } = {
  'self-training': { ...base, method: 'self-training' },
  transfer: { ...base, method: 'transfer', from: 'clothes' },
  distill: { ...base, method: 'distill', teachers: ['clothes'], model },
  extend: { ...base, method: 'extend', from: 'clothes' },
  search: { ...base, method: 'search', model },
  gap: { ...base, method: 'gap', model: 'clothes', real: { format: 'folder', path: 'y' } },
  'label-next': { ...base, method: 'label-next', model: 'clothes' },
  robustness: { ...base, method: 'robustness', models: ['clothes'] },
  evaluate: { ...base, method: 'evaluate', model: 'clothes' },
};

/** A configuration with the required settings of a method only. */
export function leastConfig(method: MethodName): RunConfigInput {
  return LEAST[method];
}
