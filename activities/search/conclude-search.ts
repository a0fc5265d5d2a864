import type { Finalist, SearchConfig, SearchReport } from '../../domain/methods/search.js';
import type { DatasetRecord, Evaluation } from '../../domain/records.js';
import { policyTexts } from '../../learning/search/policy-text.js';
import { stepsTaken, summarizeTrials } from '../../learning/search/trials.js';
import { readPolicies, readRung, searchKeys, writeBest } from '../../storage/search.js';
import type { ActivityContext } from '../context.js';
import { judge } from '../judge.js';
import type { RunActivityInput } from '../run-input.js';
import { policyFile } from './policy-file.js';
import { rungsIn } from './rungs-in.js';
import { summaryOf } from './summary.js';

type MeasuredFinalist = Finalist & { readonly test?: Evaluation };

export interface ConcludeSearchInput extends RunActivityInput<SearchConfig> {
  readonly dataset: DatasetRecord;
  readonly best: MeasuredFinalist;
  /** Absent if the base is the best itself, or failed. */
  readonly base?: MeasuredFinalist;
}

export type SearchFinding = Pick<
  SearchReport,
  'summary' | 'rungs' | 'steps' | 'trials' | 'best' | 'verdict' | 'test' | 'policiesKey' | 'bestKey'
>;

/** Compares the best trial with the base and writes its policy as a file. */
export async function concludeSearch(
  { runId, config, dataset, best, base }: ConcludeSearchInput,
  { store }: Pick<ActivityContext, 'store'>,
): Promise<SearchFinding> {
  const policies = await readPolicies(store, runId);
  const rungs = rungsIn(config, policies);
  const records = await Promise.all(rungs.map((_, rung) => readRung(store, runId, rung)));
  const trials = summarizeTrials(policyTexts(policies), records, rungs);
  const verdict =
    base && (await judge({ runId, config, dataset, champion: base, challenger: best }, { store }));
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
  const bestKey = await writeBest(store, runId, policyFile(runId, summary, found.best.augmentation));
  return { summary, ...found, policiesKey: searchKeys(runId).policies, bestKey };
}
