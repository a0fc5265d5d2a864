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
 * Checks the configuration of any method and fills in the defaults.
 * @param input its `method` selects the schema; self-training by default
 * @param source names the input in messages
 * @param only the only accepted method; the input may then omit it
 * @throws ConfigurationError listing every problem
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
  // The schema refuses an input that is not a mapping.
  if (!isMapping(input) || input['method'] === undefined) return usual;
  const names = only ? z.literal(only) : z.enum(METHOD_NAMES as readonly [MethodName]);
  return parseConfig(z.looseObject({ method: names }), input, source).method;
}
