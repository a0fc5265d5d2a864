import type { GenerationOutcome } from '../domain/protocol.js';
import type { DatasetRecord, Decision, GenerationRecord } from '../domain/records.js';
import { againstReigning } from './against-reigning.js';
import type { RunState } from './run-state.js';

/**
 * Enters a run's champion into its line, unless that has a better one of other work, so that a weaker run does not take
 * its place. Once the run has entered, its models beat one another, until other work comes between. A person's word, or
 * `gate.reigning: replace`, ends all comparing.
 */
export async function enterRegistry(
  run: RunState,
  dataset: DatasetRecord,
  { model, verdict, from }: GenerationOutcome,
  decision: Decision | undefined,
): Promise<Pick<GenerationRecord, 'reigning' | 'version'>> {
  const competes = !decision && run.config.gate.reigning === 'beat';
  let lastEntered = run.generations.findLast(({ version }) => version)?.version;
  for (;;) {
    const reigning =
      competes && lastEntered === undefined
        ? await againstReigning(run, dataset, { model, ...(from && { from }) })
        : undefined;
    if (reigning && !reigning.passes) return { reigning };
    const { by, reason } = decision ?? { by: 'gate', reason: (reigning ?? verdict)?.reason };
    const entered = await run.steps.orchestration(`promote generation ${model.generation}`).promote({
      ...run.step,
      dataset,
      model,
      by,
      ...(from && { from }),
      ...(reason !== undefined && { reason }),
      ...(competes && { met: reigning?.version ?? lastEntered ?? null }),
    });
    if ('version' in entered) return { version: entered.version, ...(reigning && { reigning }) };
    lastEntered = undefined;
  }
}
