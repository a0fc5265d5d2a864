import type { ArtifactStore } from '../../domain/artifact-store.js';
import type { SearchPlan } from '../../domain/methods/search.js';
import { generatePolicies } from '../../learning/search/policies.js';
import { policyTexts } from '../../learning/search/policy-text.js';
import { expectPictures } from '../../learning/training/batches/expect-augmentable.js';
import { writePolicies } from '../../storage/search.js';
import { rungsIn } from './rungs-in.js';
import type { PlanSearchInput } from './search-contract.js';

/** @throws ConfigurationError when the space has nothing to try, or a policy doesn't suit the pictures */
export async function planSearch(
  { runId, config, dataset }: PlanSearchInput,
  store: ArtifactStore,
): Promise<SearchPlan> {
  const policies = generatePolicies(config);
  const texts = policyTexts(policies);
  policies.forEach((augmentation, trial) => {
    expectPictures({ augmentation }, dataset.image, `trial ${trial} (${texts[trial]}): `);
  });
  await writePolicies(store, runId, policies);
  return { rungs: rungsIn(config, policies), texts };
}
