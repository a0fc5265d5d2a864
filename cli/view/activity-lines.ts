import type { StepProgress } from '../../domain/records.js';
import { bar } from './bar.js';
import { type Line, styled, widthOf } from './line.js';
import { countText, durationText, percentText, rateText } from './quantities.js';

/** Columns before the content of a labelled line. */
export const INDENT = 13;

const WIDEST_BAR = 40;
/** Kept free for the numbers, so that the bar keeps its width while they change. */
const NUMBERS = 41;

/** `  training   ` and alike. */
export function label(text: string): string {
  return `  ${text}`.padEnd(INDENT);
}

/** Seconds until a step is done, at its present rate; undefined where that can't be said. */
export function secondsLeft({ done, total, rate }: StepProgress): number | undefined {
  return rate > 0 && total > 0 ? Math.max(0, total - done) / rate : undefined;
}

/** A bar with how far, how fast, and how long still. */
export function stepLines(name: string, step: StepProgress, columns: number): Line[] {
  const unit = step.activity === 'train' ? 'steps' : 'images';
  const left = secondsLeft(step);
  const total = countText(step.total);
  const numbers = [
    `${countText(step.done).padStart(total.length)}/${total}`,
    ...(step.rate > 0 ? [`${rateText(step.rate)} ${unit}/s`] : []),
    ...(left !== undefined ? [`ETA ${durationText(left)}`] : []),
  ].join('   ');
  const width = Math.min(WIDEST_BAR, columns - INDENT - 2 - Math.max(NUMBERS, widthOf(numbers)));
  const { filled, rest } = bar(step.done / step.total, Math.max(5, width));
  return [
    [label(name), styled('cyan', filled), styled('dim', rest), '  ', numbers],
    ...measuresLine(step),
    ...attemptLine(step),
  ];
}

/** Above it, augmenting is what a training waits for. */
const WAITED_MUCH = 0.02;

function measuresLine({
  loss,
  validationAccuracy,
  bestValidationAccuracy,
  waited = 0,
}: StepProgress): Line[] {
  const parts = [
    ...(loss !== undefined ? [`loss ${loss.toFixed(4)}`] : []),
    ...(validationAccuracy !== undefined ? [`validation ${percentText(validationAccuracy)}`] : []),
    ...(bestValidationAccuracy !== undefined ? [`best ${percentText(bestValidationAccuracy)}`] : []),
    ...(waited > WAITED_MUCH ? [`waits for images ${percentText(waited)}`] : []),
  ];
  return parts.length === 0 ? [] : [[' '.repeat(INDENT), parts.join('   ')]];
}

function attemptLine({ attempt, checkpointStep }: StepProgress): Line[] {
  if (attempt <= 1) return [];
  const last = checkpointStep ? `; last checkpoint: step ${countText(checkpointStep)}` : '';
  return [[' '.repeat(INDENT), styled('yellow', `attempt ${attempt}: an earlier one was lost${last}`)]];
}
