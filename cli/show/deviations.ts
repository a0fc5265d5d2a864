import { configSchema } from '../../domain/config/json-schema.js';
import { isMapping } from '../../domain/config/known-keys.js';
import { METHODS, type RunConfig } from '../../domain/methods.js';

/** A configuration value that differs from its default. */
export interface Deviation {
  /** Dotted, for example `student.optimizer.learningRate`. */
  readonly key: string;
  readonly value: unknown;
  /** Absent if there is none. */
  readonly default?: unknown;
}

/** Returns the configuration values that differ from the defaults, except name and method. */
export function deviationsOf(config: RunConfig): Deviation[] {
  const schema = METHODS[config.method].config;
  const required = configSchema(schema).required ?? [];
  const values = config as Readonly<Record<string, unknown>>;
  const { labelled } = config.data;
  const least = schema.parse({
    ...Object.fromEntries(required.map((key) => [key, values[key]])),
    method: config.method,
    data: { labelled },
  });
  const { data, ...others } = values;
  const { data: leastData, ...leastOthers } = least as Readonly<Record<string, unknown>>;
  const sources = (['labelled', 'unlabelled', 'test'] as const).flatMap((part) =>
    config.data[part] ? [{ key: `data.${part}`, value: config.data[part] }] : [],
  );
  const given = required.filter((key) => key !== 'name' && key !== 'data');
  return [
    ...sources,
    ...given.map((key) => ({ key, value: values[key] })),
    ...differences(
      { data: withoutSources(data), ...others },
      { data: withoutSources(leastData), ...leastOthers },
    ),
  ];
}

function withoutSources(data: unknown): unknown {
  const { labelled: _, unlabelled: __, test: ___, ...rest } = data as RunConfig['data'];
  return rest;
}

function differences(value: unknown, usual: unknown, path: readonly string[] = []): Deviation[] {
  if (isMapping(value) && (usual === undefined || isMapping(usual))) {
    return Object.entries(value).flatMap(([key, inner]) => differences(inner, usual?.[key], [...path, key]));
  }
  if (JSON.stringify(value) === JSON.stringify(usual)) return [];
  return [{ key: path.join('.'), value, ...(usual !== undefined && { default: usual }) }];
}
