import type { ActivityProgress } from '../../domain/records.js';
import { bar } from './bar.js';
import { type Line, styled, widthOf } from './line.js';
import { countText, durationText, percentText, rateText } from './quantities.js';

/** Columns before the content of a labelled line. */
export const INDENT = 13;

const MAX_BAR = 40;
/** Columns reserved for the numbers, so that the bar's width is constant. */
const NUMBERS = 41;

/** `  training   ` */
export function label(text: string): string {
  return `  ${text}`.padEnd(INDENT);
}

/** Remaining seconds at the current rate; undefined if unknown. */
export function secondsLeft({ done, total, rate }: ActivityProgress): number | undefined {
  return rate > 0 && total > 0 ? Math.max(0, total - done) / rate : undefined;
}

/** A bar with progress, rate and remaining time. */
export function activityLines(name: string, progress: ActivityProgress, columns: number): Line[] {
  const unit = progress.activity === 'train' ? 'steps' : 'images';
  const left = secondsLeft(progress);
  const total = countText(progress.total);
  const numbers = [
    `${countText(progress.done).padStart(total.length)}/${total}`,
    ...(progress.rate > 0 ? [`${rateText(progress.rate)} ${unit}/s`] : []),
    ...(left !== undefined ? [`ETA ${durationText(left)}`] : []),
  ].join('   ');
  const width = Math.min(MAX_BAR, columns - INDENT - 2 - Math.max(NUMBERS, widthOf(numbers)));
  const { filled, rest } = bar(progress.done / progress.total, Math.max(5, width));
  return [
    [label(name), styled('cyan', filled), styled('dim', rest), '  ', numbers],
    ...measuresLine(progress),
    ...attemptLine(progress),
  ];
}

/** A larger share means that augmentation is the bottleneck. */
const WAITED_MUCH = 0.02;

function measuresLine({
  loss,
  validationAccuracy,
  bestValidationAccuracy,
  waited = 0,
}: ActivityProgress): Line[] {
  const parts = [
    ...(loss !== undefined ? [`loss ${loss.toFixed(4)}`] : []),
    ...(validationAccuracy !== undefined ? [`validation ${percentText(validationAccuracy)}`] : []),
    ...(bestValidationAccuracy !== undefined ? [`best ${percentText(bestValidationAccuracy)}`] : []),
    ...(waited > WAITED_MUCH ? [`waiting for images ${percentText(waited)}`] : []),
  ];
  return parts.length === 0 ? [] : [[' '.repeat(INDENT), parts.join('   ')]];
}

function attemptLine({ attempt, checkpointStep }: ActivityProgress): Line[] {
  if (attempt <= 1) return [];
  const last = checkpointStep ? `; last checkpoint: step ${countText(checkpointStep)}` : '';
  return [[' '.repeat(INDENT), styled('yellow', `attempt ${attempt}: an earlier one was lost${last}`)]];
}

/** Progress as text, for logs. */
export function progressText(progress: ActivityProgress): string {
  const { activity, done, total, rate, loss, validationAccuracy: accuracy } = progress;
  const left = secondsLeft(progress);
  return [
    `${countText(done)} of ${countText(total)} ${activity === 'train' ? 'steps' : 'images'}`,
    ...(rate > 0 ? [`${rateText(rate)}/s`] : []),
    ...(left !== undefined ? [`ETA ${durationText(left)}`] : []),
    ...(loss !== undefined ? [`loss ${loss.toFixed(4)}`] : []),
    ...(accuracy !== undefined ? [`validation ${percentText(accuracy)}`] : []),
  ].join(', ');
}
