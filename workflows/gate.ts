import type { GateConfig } from '../domain/config/gate.js';
import type { Decision, Verdict } from '../domain/records.js';
import type { RunState } from './run-state.js';

export interface Judgement {
  readonly promote: boolean;
  /** Whether the run trains no further generation. */
  readonly ends: boolean;
  /** By a person, where one was asked. */
  readonly decision?: Decision;
}

/** What follows from a verdict; the teacher, which has none, is promoted as it is. */
export function consequenceOf(
  verdict: Verdict | undefined,
  gate: GateConfig,
): 'promote' | 'ask' | 'continue' | 'stop' {
  if (!verdict) return 'promote';
  if (!verdict.passes) return gate.otherwise;
  return gate.approval === 'always' ? 'ask' : 'promote';
}

/** Decides on a generation by its verdict and the configuration; asks a person where that is the way. */
export async function decide(
  run: RunState,
  generation: number,
  verdict: Verdict | undefined,
): Promise<Judgement> {
  const { gate } = run.config;
  const consequence = consequenceOf(verdict, gate);
  if (consequence !== 'ask') return { promote: consequence === 'promote', ends: consequence === 'stop' };
  run.update({ status: 'awaiting-approval' });
  const decision = await run.approval.ask(generation);
  run.update({ status: 'judging' });
  return { promote: decision.promote, ends: !decision.promote && gate.otherwise === 'stop', decision };
}
