import { join } from 'node:path';
import { EXAMPLES, unpackExampleData } from '../../cli/example-data.js';
import { readRunConfig } from '../../client/config-file.js';
import type { SelfTrainingConfig } from '../../domain/methods/self-training.js';

/** The demo's configuration, its pictures unpacked where it looks for them; or another, by path. */
export async function clothesConfig(path?: string): Promise<SelfTrainingConfig> {
  await unpackExampleData(join(EXAMPLES, 'data'), () => undefined);
  return readRunConfig(path ?? join(EXAMPLES, 'clothes.yaml'), { only: 'self-training' });
}
