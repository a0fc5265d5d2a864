import type { ArtifactStore } from '../../domain/artifact-store.js';
import { policyTexts } from '../../learning/search/policy-text.js';
import { stepsTaken, summarizeTrials } from '../../learning/search/trials.js';
import { readPolicies, readRung, searchKeys, writeBest } from '../../storage/search.js';
import { judge } from '../judge.js';
import { foundPolicyFile } from './found-policy-file.js';
import { rungsIn } from './rungs-in.js';
import type { ConcludeSearchInput, SearchFinding } from './search-contract.js';
import { summaryOf } from './search-summary.js';

/** Compares the best with the base and writes its policy as a file. */
export async function concludeSearch(
  { runId, config, dataset, best, base }: ConcludeSearchInput,
  store: ArtifactStore,
): Promise<SearchFinding> {
  const policies = await readPolicies(store, runId);
  const rungs = rungsIn(config, policies);
  const records = await Promise.all(rungs.map((_, rung) => readRung(store, runId, rung)));
  const trials = summarizeTrials(policyTexts(policies), records, rungs);
  const verdict = base && (await judge({ runId, config, dataset, champion: base, challenger: best }, store));
  const test = best.test && { best: best.test, ...(base?.test && { base: base.test }) };
  const found = {
    rungs,
    steps: stepsTaken(trials, rungs),
    trials,
    best: { trial: best.trial, augmentation: policies[best.trial]! },
    ...(verdict && { verdict }),
    ...(test && { test }),
  };
  const summary = summaryOf(found);
  const bestKey = await writeBest(store, runId, foundPolicyFile(runId, summary, found.best.augmentation));
  return { summary, ...found, policiesKey: searchKeys(runId).policies, bestKey };
}
