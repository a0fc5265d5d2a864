import type { RunBase } from '../../domain/config/base.js';
import type { DatasetRecord, TrainedModel, Verdict } from '../../domain/records.js';
import { BY_IMAGE } from '../activities.js';
import type { MethodRun } from './method-run.js';

/** What became of a model at its line of the registry. */
export interface Entry {
  /** Absent where the line's champion was not beaten. */
  readonly version?: number;
  /** Against that champion, where there was one to compare with. */
  readonly verdict?: Verdict & { readonly version: number };
}

/**
 * Promotes a method's model into the line that the configuration names, unless the line has a champion that it does not
 * beat on validation (or `gate.reigning: replace` says not to ask).
 */
export async function enterLine(
  run: MethodRun<RunBase>,
  dataset: DatasetRecord,
  model: TrainedModel,
): Promise<Entry> {
  const verdict = await againstChampion(run, dataset, model);
  if (verdict && !verdict.passes) return { verdict };
  const reason = verdict?.reason ?? `${run.method}: first of the line`;
  const { version } = await run.quick('promote', (activities) =>
    activities.promote({ ...run.input, dataset, model, by: run.method, reason }),
  );
  return { version, ...(verdict && { verdict }) };
}

async function againstChampion(
  run: MethodRun<RunBase>,
  dataset: DatasetRecord,
  model: TrainedModel,
): Promise<Entry['verdict']> {
  if (run.config.gate.reigning === 'replace') return undefined;
  const reigning = await run.quick('look for a champion of the line', (activities) =>
    activities.findReigning({ ...run.input, dataset }),
  );
  if (!reigning) return undefined;
  const { version } = reigning;
  const champion = await run.train(`measure ${run.config.name}@${version}`, (activities) =>
    activities.measureReigning({ ...run.input, dataset, reigning }),
  );
  const verdict = await run.quick(
    `compare with ${run.config.name}@${version}`,
    (activities) => activities.judge({ ...run.input, dataset, champion, challenger: model }),
    BY_IMAGE,
  );
  return { ...verdict, version };
}
