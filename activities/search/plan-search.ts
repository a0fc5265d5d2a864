import type { SearchConfig, SearchPlan } from '../../domain/methods/search.js';
import type { DatasetRecord } from '../../domain/records.js';
import { generatePolicies } from '../../learning/search/policies.js';
import { policyTexts } from '../../learning/search/policy-text.js';
import { expectPictures } from '../../learning/training/batches/expect-augmentable.js';
import { writePolicies } from '../../storage/search.js';
import type { ActivityContext } from '../context.js';
import type { RunActivityInput } from '../run-input.js';
import { rungsIn } from './rungs-in.js';

/** @throws ConfigurationError if the space is empty, or a policy is not possible for the image shape */
export async function planSearch(
  { runId, config, dataset }: RunActivityInput<SearchConfig> & { readonly dataset: DatasetRecord },
  { store }: Pick<ActivityContext, 'store'>,
): Promise<SearchPlan> {
  const policies = generatePolicies(config);
  const texts = policyTexts(policies);
  policies.forEach((augmentation, trial) => {
    expectPictures({ augmentation }, dataset.image, `trial ${trial} (${texts[trial]}): `);
  });
  await writePolicies(store, runId, policies);
  return { rungs: rungsIn(config, policies), texts };
}
