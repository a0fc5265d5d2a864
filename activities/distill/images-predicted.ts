import type { DistillConfig } from '../../domain/methods/distill.js';
import type { DatasetRecord, SplitName } from '../../domain/records.js';

/** The splits that a student learns from. */
export type LearntSplit = Extract<SplitName, 'labelled' | 'unlabelled'>;

const MEASURED = ['validation', 'test'] as const;

function learntOn({ learnFrom }: DistillConfig): LearntSplit[] {
  return learnFrom === 'both'
    ? ['labelled', 'unlabelled']
    : [learnFrom === 'labels' ? 'labelled' : 'unlabelled'];
}

/** The splits that the teachers predict, for evaluation and for recording. */
export function splitsPredicted(config: DistillConfig, { counts }: Pick<DatasetRecord, 'counts'>) {
  const measured = MEASURED.filter((split) => counts[split] > 0);
  const recorded = config.views === 'recorded' ? learntOn(config) : [];
  const all: readonly SplitName[] = [...measured, ...recorded];
  return { measured, recorded, all };
}

/** The number of images in {@link splitsPredicted}. */
export function imagesPredicted(config: DistillConfig, dataset: Pick<DatasetRecord, 'counts'>): number {
  return splitsPredicted(config, dataset).all.reduce((sum, split) => sum + dataset.counts[split], 0);
}
