import { resolve } from 'node:path';
import type { DataSource } from '../domain/config/data.js';
import type { ModelSpec } from '../domain/config/model.js';
import type { RunConfig } from '../domain/config.js';

/** Makes the paths of a configuration absolute: workers have other current folders. */
export function withAbsolutePaths(config: RunConfig, folder: string): RunConfig {
  const { labelled, unlabelled, test } = config.data;
  return {
    ...config,
    data: {
      ...config.data,
      labelled: absoluteSource(labelled, folder),
      ...(unlabelled && { unlabelled: absoluteSource(unlabelled, folder) }),
      ...(test && { test: absoluteSource(test, folder) }),
    },
    models: config.models.map((model) => absoluteModel(model, folder)),
  };
}

function absoluteSource(source: DataSource, folder: string): DataSource {
  switch (source.format) {
    case 'idx': {
      const { images, labels } = source;
      return {
        ...source,
        images: resolve(folder, images),
        ...(labels !== undefined && { labels: resolve(folder, labels) }),
      };
    }
    case 'cifar':
      return { ...source, paths: source.paths.map((path) => resolve(folder, path)) };
    default:
      return { ...source, path: resolve(folder, source.path) };
  }
}

function absoluteModel(model: ModelSpec, folder: string): ModelSpec {
  return model.kind === 'residual' ? model : { ...model, path: resolve(folder, model.path) };
}

const PATH_KEY = /^(data\.(labelled|unlabelled|test)\.(path|images|labels|paths\.\d+)|models\.\d+\.path)$/;

/** Whether a dotted key of a configuration holds a path. */
export function isPathKey(key: string): boolean {
  return PATH_KEY.test(key);
}
