import type { RunSnapshot } from '../../../client/snapshot.js';
import { type GenerationPart, TEST_STAGE } from '../../../domain/methods/self-training.js';

export type Phase = 'pictures' | GenerationPart | 'test';

/** The phase of a run: the part of the current generation, or the preparation or test phase. */
export function phaseOf({
  stages,
  details,
  dataset,
}: Pick<RunSnapshot<'self-training'>['progress'], 'stages' | 'details' | 'dataset'>): Phase | undefined {
  const stage = stages.findLast(({ status }) => status === 'running');
  if (!stage) return undefined;
  if (stage.name === TEST_STAGE) return 'test';
  const { current } = details ?? {};
  if (!current) return dataset ? undefined : 'pictures';
  // Ignores parts within the gate: comparisons, a decision.
  const part = stage.parts?.findLast(({ name }) => isPart(name))?.name as GenerationPart | undefined;
  return part ?? 'training';
}

function isPart(name: string): name is GenerationPart {
  return name === 'pseudo-labels' || name === 'training' || name === 'gate';
}
