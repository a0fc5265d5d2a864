import type { Contest, Contestant } from '../activities/judge.js';
import type { Decision, NamedModel, TrainedModel, Verdict } from '../domain/records.js';
import type { GateResult } from '../domain/run.js';
import { BY_IMAGE } from './activity-calls.js';
import { decide, type PromotingRun } from './gate.js';
import type { OpenStage } from './stages.js';

/** A model that may enter its line, with what the run has already decided on it. */
interface Candidate {
  readonly model: TrainedModel;
  /** The model that it is a copy of, if it was not trained. */
  readonly from?: NamedModel | undefined;
  /** Against the run's own champion. */
  readonly verdict?: Verdict | undefined;
  /** A person's decision, which no comparison overrules. */
  readonly decision?: Decision | undefined;
  /** The version that this run entered into the line earlier; the candidate has beaten it. */
  readonly ownVersion?: number | undefined;
}

/**
 * The gate of a method's model: compares it with the line's champion, decides, and promotes it.
 * @param about the model's display name
 */
export function promoteThroughGate(
  run: PromotingRun,
  contest: Contest,
  about: string,
  model: TrainedModel,
): Promise<GateResult> {
  run.showAccuracy(model.validation.accuracy);
  return run.stage(
    'gate',
    (stage) => enter(run, stage, contest, { model }, (verdict) => decide(run, stage, about, verdict)),
    ({ version, reigning }) =>
      version ? `version ${version}` : `not promoted: ${reigning?.reason ?? 'rejected'}`,
  );
}

/**
 * Promotes a model that the run has decided to promote, unless another run's champion in the line is better. After a run
 * has entered the line, its models are compared only with each other, until another run promotes a model.
 */
export function enterRegistry(
  run: PromotingRun,
  stage: OpenStage,
  contest: Contest,
  candidate: Candidate,
): Promise<GateResult> {
  const { decision } = candidate;
  return enter(run, stage, contest, candidate, async (reigning) => ({
    promote: decision !== undefined || (reigning?.passes ?? true),
    decision,
  }));
}

async function enter(
  run: PromotingRun,
  stage: OpenStage,
  contest: Contest,
  { model, from, verdict, decision: earlierDecision, ownVersion }: Candidate,
  decideOn: (reigning: Verdict | undefined) => Promise<{ promote: boolean; decision?: Decision | undefined }>,
): Promise<GateResult> {
  const mustCompare = earlierDecision === undefined && run.config.gate.reigning === 'beat';
  let beaten = ownVersion;
  for (;;) {
    const reigning =
      mustCompare && beaten === undefined
        ? await compareWithReigning(run, stage, contest, { model, from })
        : undefined;
    const { promote, decision } = await decideOn(reigning);
    const entry = { ...(reigning && { reigning }), ...(decision && { decision }) };
    if (!promote) return entry;
    const { by, reason } = decision ?? { by: 'gate', reason: (reigning ?? verdict)?.reason };
    const promoted = await run.orchestrator('promote').promote({
      ...run.input,
      dataset: contest.dataset,
      model,
      by,
      ...(from && { from }),
      ...(reason !== undefined && { reason }),
      ...(mustCompare && !decision && { comparedVersion: reigning?.version ?? beaten ?? null }),
    });
    if ('version' in promoted) return { version: promoted.version, ...entry };
    // Another run has promoted a model in the meantime; compare with that one.
    beaten = undefined;
  }
}

/** Compares a model with the line's champion of another run; undefined if there is none to compare with. */
async function compareWithReigning(
  run: PromotingRun,
  stage: OpenStage,
  contest: Contest,
  { model, from }: Pick<Candidate, 'model' | 'from'>,
): Promise<GateResult['reigning']> {
  const { runId, config } = run;
  const { dataset, secondDataset } = contest;
  const reigning = await run
    .orchestrator('find the champion of another run')
    .findReigning({ runId, line: config.name, dataset });
  // A copy of the champion is not compared with it.
  if (!reigning || reigning.modelKey === from?.modelKey) return undefined;
  const { version } = reigning;
  const champion = `${config.name}@${version}`;
  stage.part(`compare with ${champion}`);
  const measured = await run
    .trainer(`measure ${champion}`)
    .measureReigning({ runId, dataset, ...(secondDataset && { secondDataset }), reigning });
  const challenger = secondDataset ? await measureOnBoth(run, { dataset, secondDataset }, model) : model;
  const verdict = await run
    .orchestrator(`compare with ${champion}`, BY_IMAGE)
    .judge({ ...run.input, ...contest, champion: measured, challenger });
  return { ...verdict, version };
}

/** Predicts both data sets; the training predicted only the first one's validation images. */
async function measureOnBoth(
  run: PromotingRun,
  { dataset, secondDataset }: Required<Pick<Contest, 'dataset' | 'secondDataset'>>,
  { modelKey }: TrainedModel,
): Promise<Contestant> {
  const { predictionsKey } = await run.trainer('measure the challenger').measureModel({
    runId: run.runId,
    dataset,
    secondDataset,
    modelKey,
    name: 'challenger',
    split: 'validation',
  });
  return { validationPredictionsKey: predictionsKey };
}
