import type { Contest, Contestant } from '../../activities/contract.js';
import type { RunBase } from '../../domain/config/base.js';
import type { Entry } from '../../domain/methods.js';
import type { TrainedModel } from '../../domain/records.js';
import { BY_IMAGE } from '../activities.js';
import type { MethodRun } from './method-run.js';

/**
 * Promotes a method's model into the line that the configuration names, unless the line has a champion that it does not
 * beat on validation (or `gate.reigning: replace` says not to ask). Where other work puts its model there meanwhile, that
 * is to be beaten next.
 */
export async function enterLine(
  run: MethodRun<RunBase>,
  contest: Contest,
  model: TrainedModel,
): Promise<Entry> {
  const competes = run.config.gate.reigning === 'beat';
  for (;;) {
    const verdict = competes ? await againstChampion(run, contest, model) : undefined;
    if (verdict && !verdict.passes) return { verdict };
    const entered = await run.quick('promote', (activities) =>
      activities.promote({
        ...run.input,
        dataset: contest.dataset,
        model,
        by: run.method,
        ...(verdict && { reason: verdict.reason }),
        ...(competes && { met: verdict?.version ?? null }),
      }),
    );
    if ('version' in entered) return { version: entered.version, ...(verdict && { verdict }) };
  }
}

async function againstChampion(
  run: MethodRun<RunBase>,
  contest: Contest,
  model: TrainedModel,
): Promise<Entry['verdict']> {
  const { dataset, more } = contest;
  const reigning = await run.quick('look for a champion of the line', (activities) =>
    activities.findReigning({ ...run.input, dataset }),
  );
  if (!reigning) return undefined;
  const { version } = reigning;
  const champion = await run.step(`measure ${run.config.name}@${version}`, (activities) =>
    activities.measureReigning({ ...run.input, dataset, ...(more && { more }), reigning }),
  );
  const challenger = more ? await onBoth(run, { dataset, more }, model) : model;
  const verdict = await run.quick(
    `compare with ${run.config.name}@${version}`,
    (activities) => activities.judge({ ...run.input, ...contest, champion, challenger }),
    BY_IMAGE,
  );
  return { ...verdict, version };
}

/** Its training has asked it about the one's validation images alone. */
async function onBoth(
  run: MethodRun<RunBase>,
  { dataset, more }: Required<Pick<Contest, 'dataset' | 'more'>>,
  { modelKey }: TrainedModel,
): Promise<Contestant> {
  const { predictionsKey } = await run.step('measure the challenger', (activities) =>
    activities.measureModel({
      ...run.input,
      dataset,
      more,
      modelKey,
      name: 'challenger',
      split: 'validation',
    }),
  );
  return { validationPredictionsKey: predictionsKey };
}
