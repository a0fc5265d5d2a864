import { join } from 'node:path';
import { EXAMPLES, unpackExampleData } from '../../cli/example-data.js';
import { readRunConfig } from '../../client/config-file.js';
import type { RunConfig } from '../../domain/config.js';

/** Reads the demo's configuration, or another one by path, and unpacks the demo's images. */
export async function clothesConfig(path?: string): Promise<RunConfig> {
  await unpackExampleData(join(EXAMPLES, 'data'), () => undefined);
  return readRunConfig(path ?? join(EXAMPLES, 'clothes.yaml'));
}
