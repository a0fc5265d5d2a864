import type { DistillConfig } from '../../domain/config/methods/distill.js';
import type { DatasetRecord, SplitName } from '../../domain/records.js';

/** Images that a student learns on. */
export type Answered = Extract<SplitName, 'labelled' | 'unlabelled'>;

const MEASURED = ['validation', 'test'] as const;

function learntOn({ from }: DistillConfig): Answered[] {
  return from === 'both' ? ['labelled', 'unlabelled'] : [from === 'labels' ? 'labelled' : 'unlabelled'];
}

/** What teachers are asked about: the images that measure them, and those whose answers are kept. */
export function splitsAsked(config: DistillConfig, { counts }: Pick<DatasetRecord, 'counts'>) {
  const measured = MEASURED.filter((split) => counts[split] > 0);
  const recorded = config.views === 'recorded' ? learntOn(config) : [];
  const all: readonly SplitName[] = [...measured, ...recorded];
  return { measured, recorded, all };
}

/** How many images that are. */
export function imagesAsked(config: DistillConfig, dataset: Pick<DatasetRecord, 'counts'>): number {
  return splitsAsked(config, dataset).all.reduce((sum, split) => sum + dataset.counts[split], 0);
}
