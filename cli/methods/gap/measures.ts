import type { FeatureGap, GapReport } from '../../../domain/methods/gap.js';
import { percentText } from '../../view/quantities.js';
import { figure } from './plots.js';

const shareText = (share: number | null) => (share === null ? '–' : percentText(share, 0));

/** A head and rows: each distance for validation images, real images, and real images to augmented labelled images. */
export function distanceRows({ gap }: GapReport): readonly (readonly string[])[] {
  const { reference, clean, augmented, closed } = gap.features;
  const row = (name: string, of: (one: FeatureGap) => string, share: number | null) => [
    name,
    of(reference),
    of(clean),
    of(augmented),
    shareText(share),
  ];
  return [
    ['distance to the labelled images', 'validation', 'real', 'real, augmented', 'closed'],
    row('MMD²', ({ mmdSquared }) => mmdSquared.toFixed(4), closed.mmd),
    row('p of the permutation test', ({ mmdPValue }) => mmdPValue.toFixed(3), null),
    row('Fréchet', ({ frechet }) => figure(frechet), closed.frechet),
    row('Fréchet by chance', ({ frechetByChance }) => figure(frechetByChance), null),
    row('far from any', ({ uncovered }) => percentText(uncovered, 1), closed.uncovered),
  ];
}

export function statisticRows({ gap }: GapReport): readonly (readonly string[])[] {
  return [
    ['pixels', 'labelled', 'real', 'KS', 'p'],
    ...gap.statistics.map(({ name, training, real, statistic, pValue }) => [
      name,
      figure(training.mean),
      figure(real.mean),
      statistic.toFixed(3),
      pValue < 0.001 ? '< 0.001' : pValue.toFixed(3),
    ]),
  ];
}

/** @param most number of classes; those whose share differs most come first */
export function classRows({ gap, classNames }: GapReport, most: number): readonly (readonly string[])[] {
  const { labelled, expected, predicted } = gap.classes;
  const by = classNames.map((name, index) => ({
    cells: [
      name,
      percentText(labelled[index]!, 1),
      percentText(expected[index]!, 1),
      percentText(predicted[index]!, 1),
    ],
    difference: Math.abs(labelled[index]! - expected[index]!),
  }));
  by.sort((a, b) => b.difference - a.difference);
  return [['class', 'labelled', 'expected', 'predicted'], ...by.slice(0, most).map(({ cells }) => cells)];
}
