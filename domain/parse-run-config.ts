import { z } from 'zod';
import { isMapping } from './config/known-keys.js';
import { type InputSource, parseConfig } from './config/parse.js';
import {
  type ConfigOf,
  DEFAULT_METHOD,
  METHOD_NAMES,
  METHODS,
  type MethodName,
  type RunConfig,
} from './methods.js';

/**
 * Checks the configuration of a run of any method and fills in the defaults.
 * @param input its key `method` says which schema applies; self-training by default
 * @param source names the input in messages
 * @param only the one method that is accepted, for callers that have chosen it already; the input may then leave it out
 * @throws ConfigurationError naming every problem
 */
export function parseRunConfig<Name extends MethodName = MethodName>(
  input: unknown,
  source?: string | InputSource,
  only?: Name,
): MethodName extends Name ? RunConfig : ConfigOf<Name> {
  const { config } = METHODS[methodOf(input, source, only)];
  return parseConfig<unknown>(config, input, source) as never;
}

function methodOf(input: unknown, source: string | InputSource | undefined, only?: MethodName): MethodName {
  const usual = only ?? DEFAULT_METHOD;
  // An input that is no mapping is refused as a whole by the method's schema.
  if (!isMapping(input) || input['method'] === undefined) return usual;
  const names = only ? z.literal(only) : z.enum(METHOD_NAMES as readonly [MethodName]);
  return parseConfig(z.looseObject({ method: names }), input, source).method;
}
