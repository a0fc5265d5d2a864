import { type SelfTrainingConfig, selfTrainingConfig } from '../../domain/methods/self-training.js';

/** A value of a configuration that is not its default. */
export interface Deviation {
  /** Dotted, for example `student.optimizer.learningRate`. */
  readonly key: string;
  readonly value: unknown;
  /** Absent where there is none. */
  readonly default?: unknown;
}

/** What a run was told, beside the defaults; its name left out. */
export function deviationsOf(config: SelfTrainingConfig): Deviation[] {
  const { data, name } = config;
  // The least that can be said; what it says is not compared.
  const least = selfTrainingConfig.parse({ name, data: { labelled: data.labelled } });
  const sources = (['labelled', 'unlabelled', 'test'] as const).flatMap((part) =>
    data[part] ? [{ key: `data.${part}`, value: data[part] }] : [],
  );
  const withoutSources = ({ data: { labelled, unlabelled, test, ...rest }, ...others }: SelfTrainingConfig) => ({
    data: rest,
    ...others,
  });
  return [...sources, ...differences(withoutSources(config), withoutSources(least))];
}

function differences(value: unknown, usual: unknown, path: readonly string[] = []): Deviation[] {
  if (isMapping(value) && (usual === undefined || isMapping(usual))) {
    return Object.entries(value).flatMap(([key, inner]) => differences(inner, usual?.[key], [...path, key]));
  }
  if (JSON.stringify(value) === JSON.stringify(usual)) return [];
  return [{ key: path.join('.'), value, ...(usual !== undefined && { default: usual }) }];
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
