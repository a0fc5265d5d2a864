import type { RunBase } from '../domain/config/base.js';
import type { GateConfig } from '../domain/config/gate.js';
import type { Decision, Verdict } from '../domain/records.js';
import type { RunContext } from './run-context.js';
import type { OpenStage } from './stages.js';

export type PromotingRun = RunContext<RunBase & { readonly gate: GateConfig }>;

export interface Judgement {
  readonly promote: boolean;
  /** Present if a person decided. */
  readonly decision?: Decision;
}

/** @param verdict absent if there was no champion to compare with */
export function consequenceOf(
  verdict: Verdict | undefined,
  { otherwise, approval }: Pick<GateConfig, 'otherwise' | 'approval'>,
): 'promote' | 'ask' | 'continue' | 'stop' {
  if (verdict && !verdict.passes) return otherwise;
  return approval === 'always' ? 'ask' : 'promote';
}

/** Decides by verdict and configuration, or waits for a person's decision if configured. */
export async function decide(
  run: PromotingRun,
  stage: OpenStage,
  about: string,
  verdict: Verdict | undefined,
): Promise<Judgement> {
  const consequence = consequenceOf(verdict, run.config.gate);
  if (consequence !== 'ask') return { promote: consequence === 'promote' };
  stage.part('decision');
  const decision = await run.approval.ask({ about, ...(verdict && { verdict }) });
  return { promote: decision.promote, decision };
}
