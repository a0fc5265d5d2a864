import type { RunSnapshot } from '../../client/snapshot.js';
import type { RunStatus, StepProgress } from '../../domain/records.js';
import { gateLines } from './gate-lines.js';
import { type GenerationView, generationsOf, nameOf } from './generation-view.js';
import { headerLines } from './header.js';
import { type Line, textOf } from './line.js';
import { noticeLines } from './notices.js';
import { pseudoLabelLines } from './pseudo-label-lines.js';
import { countText, durationText, percentText, rateText } from './quantities.js';
import { secondsLeft } from './step-lines.js';
import type { ViewOptions } from './view-options.js';

/** Something that can be said of a run in lines that stay. */
export interface Fact {
  readonly key: string;
  readonly lines: readonly string[];
  /** What holds until another of the same slot comes. */
  readonly slot?: string;
  /** Left out when something was said just now. */
  readonly isMinor?: boolean;
}

const STAGES: Partial<Record<RunStatus, (name: string) => string>> = {
  preparing: () => 'Reading the pictures',
  training: (name) => `${name}: training`,
  'pseudo-labelling': (name) => `${name}: its teacher labels the unlabelled images`,
  testing: () => 'Measuring every generation on the test images',
};

const UNCUT = { columns: Number.POSITIVE_INFINITY, colour: false };

/** All that a snapshot tells, in the order in which it happened. */
export function factsOf(snapshot: RunSnapshot, options: ViewOptions): Fact[] {
  const { progress, outcome } = snapshot;
  const { status, generation, dataset } = progress;
  const whole = { ...options, columns: UNCUT.columns };
  const stage = STAGES[status]?.(nameOf(generation)) ?? '';
  const views = generationsOf(snapshot);
  const past = views.filter(({ state }) => state === 'done');
  const present = views.filter(({ state }) => state === 'now');
  return [
    ...(dataset ? [fact('data', headerLines(snapshot, whole, true).slice(1))] : []),
    ...past.flatMap((view) => [...labelFacts(view), ...trainingFacts(view), ...gateFacts(view)]),
    ...present.flatMap(labelFacts),
    { slot: 'stage', key: stage, lines: stage ? [stage] : [] },
    ...present.flatMap(trainingFacts),
    ...(status === 'awaiting-approval' ? present.flatMap(gateFacts) : []),
    ...(outcome ? [] : [noticeFact(snapshot, whole)]),
  ];
}

/** How far a stage is. */
export function progressText(step: StepProgress): string {
  const { activity, generation, done, total, rate, loss, validationAccuracy: accuracy } = step;
  const left = secondsLeft(step);
  const parts = [
    `${countText(done)} of ${countText(total)} ${activity === 'train' ? 'steps' : 'images'}`,
    ...(rate > 0 ? [`${rateText(rate)}/s`] : []),
    ...(left !== undefined ? [`ETA ${durationText(left)}`] : []),
    ...(loss !== undefined ? [`loss ${loss.toFixed(4)}`] : []),
    ...(accuracy !== undefined ? [`validation ${percentText(accuracy)}`] : []),
  ];
  const who = activity === 'train' || activity === 'pseudo-label' ? `${nameOf(generation)}: ` : '';
  return `${who}${parts.join(', ')}`;
}

function labelFacts({ generation, pseudoLabels }: GenerationView): Fact[] {
  if (!pseudoLabels) return [];
  const lines = pseudoLabelLines(pseudoLabels, UNCUT.columns, 0);
  return [
    fact(
      `labels ${generation}`,
      lines.map((line) => [`${nameOf(generation)}: `, flat([line])]),
    ),
  ];
}

function trainingFacts({ generation, model, from, work }: GenerationView): Fact[] {
  if (model) {
    const { trainingSeconds, validation } = model;
    const how = from
      ? `${from.name} as it was`
      : `trained ${countText(model.steps)} steps in ${durationText(trainingSeconds)}`;
    const text = `${nameOf(generation)}: ${how}, validation ${percentText(validation.accuracy)}`;
    return [fact(`trained ${generation}`, [[text]])];
  }
  const accuracy = work?.validationAccuracy;
  if (!work || accuracy === undefined) return [];
  return [{ ...fact(`validation ${generation} ${accuracy}`, [[progressText(work)]]), isMinor: true }];
}

function gateFacts(view: GenerationView): Fact[] {
  const { generation, state } = view;
  return [fact(`gate ${generation} ${state}`, [[`${nameOf(generation)}: `, flat(gateLines(view))]])];
}

function noticeFact(snapshot: RunSnapshot, options: ViewOptions): Fact {
  const { lines } = fact('', noticeLines(snapshot, options));
  return { slot: 'notice', key: lines.join('\n'), lines };
}

function fact(key: string, lines: readonly Line[]): Fact {
  return { key, lines: lines.map((line) => textOf(line, UNCUT)) };
}

/** Lines that are made to stand under each other, as one. */
function flat(lines: readonly Line[]): string {
  const parts = lines.map((line) =>
    textOf(line, UNCUT)
      .trim()
      .replace(/\s{2,}/g, '  '),
  );
  return parts.join('  ');
}
