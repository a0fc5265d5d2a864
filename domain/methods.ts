/** All methods by name: the value of `method` in a configuration, and the CLI command. */
import type { z } from 'zod';
import { distill } from './methods/distill.js';
import { evaluate } from './methods/evaluate.js';
import { extend } from './methods/extend.js';
import { gap } from './methods/gap.js';
import { labelNext } from './methods/label-next.js';
import { robustness } from './methods/robustness.js';
import { search } from './methods/search.js';
import { selfTraining } from './methods/self-training.js';
import { transfer } from './methods/transfer.js';
import type { RunProgress } from './run.js';

export const METHODS = {
  'self-training': selfTraining,
  transfer,
  distill,
  extend,
  search,
  gap,
  'label-next': labelNext,
  robustness,
  evaluate,
} as const;

export type MethodName = keyof typeof METHODS;

export const METHOD_NAMES = Object.keys(METHODS) as readonly MethodName[];

export const DEFAULT_METHOD = 'self-training' satisfies MethodName;

/** A configuration with all defaults filled in. */
export type ConfigOf<Name extends MethodName> = z.output<(typeof METHODS)[Name]['config']>;
/** A configuration without the defaults. */
export type ConfigInputOf<Name extends MethodName> = z.input<(typeof METHODS)[Name]['config']>;
type TypesOf<Name extends MethodName> = Name extends MethodName
  ? NonNullable<(typeof METHODS)[Name]['types']>
  : never;
export type ReportOf<Name extends MethodName> = TypesOf<Name>['report'];
export type DetailsOf<Name extends MethodName> = TypesOf<Name>['details'];
export type ProgressOf<Name extends MethodName> = RunProgress<ConfigOf<Name>, DetailsOf<Name>>;

/** The configuration of any method, discriminated by `method`. */
export type RunConfig = { [Name in MethodName]: ConfigOf<Name> }[MethodName];
/** `method` may be left out for self-training. */
export type RunConfigInput =
  | ConfigInputOf<'self-training'>
  | { [Name in MethodName]: ConfigInputOf<Name> & { readonly method: Name } }[MethodName];
