import type { RunSnapshot } from '../../client/snapshot.js';
import type { RunStatus, StepProgress } from '../../domain/records.js';
import { gateLines } from './gate-lines.js';
import { type GenerationView, generationsOf, nameOf } from './generation-view.js';
import { headerLines } from './header.js';
import { type Line, textOf } from './line.js';
import { noticeLines } from './notices.js';
import { pseudoLabelLines } from './pseudo-label-lines.js';
import { countText, durationText, percentText, rateText } from './quantities.js';
import { secondsLeft, together } from './step-lines.js';
import type { ViewOptions } from './view-options.js';

const STAGES: Partial<Record<RunStatus, (name: string) => string>> = {
  preparing: () => 'reading the pictures',
  training: (name) => `${name}: training`,
  'pseudo-labelling': (name) => `${name}: its teacher labels the unlabelled images`,
  testing: () => 'measuring every generation on the test images',
};

/** What has been said about a run so far. */
export interface Told {
  /** Said once and for all. */
  readonly facts: ReadonlySet<string>;
  /** Said again when it comes back: the stage, what hinders the run. */
  readonly last: Readonly<Record<string, string>>;
  readonly progressAt: number;
}

export const NOTHING_TOLD: Told = { facts: new Set(), last: {}, progressAt: Number.NEGATIVE_INFINITY };

const SHORTEST_PAUSE_MS = 20_000;
const LONGEST_PAUSE_MS = 600_000;

/**
 * What is new in a snapshot, as lines that stay: stages, evaluations, labels, verdicts, troubles; and now and then
 * how far a step is, the more seldom the longer the run takes.
 */
export function newsOf(
  snapshot: RunSnapshot,
  told: Told,
  options: ViewOptions,
): { readonly lines: readonly string[]; readonly told: Told } {
  const age = options.now - Date.parse(snapshot.progress.startedAt);
  const pause = Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, age / 50));
  const silence = options.now - told.progressAt;
  const facts = factsOf(snapshot, options).filter(
    ({ key, slot, isMinor }) =>
      (slot ? (told.last[slot] ?? '') !== key : !told.facts.has(key)) && (!isMinor || silence >= pause / 4),
  );
  const lines = facts.flatMap((fact) => fact.lines);
  const progress = lines.length === 0 && silence >= pause ? progressText(snapshot.steps) : undefined;
  if (progress) lines.push(progress);
  const once = facts.filter(({ slot }) => !slot).map(({ key }) => key);
  const last = facts.flatMap(({ key, slot }) => (slot ? [[slot, key] as const] : []));
  return {
    lines,
    told: {
      facts: once.length > 0 ? new Set([...told.facts, ...once]) : told.facts,
      last: { ...told.last, ...Object.fromEntries(last) },
      progressAt: lines.length > 0 ? options.now : told.progressAt,
    },
  };
}

interface Fact {
  readonly key: string;
  readonly lines: readonly string[];
  /** What holds until another of the same slot comes. */
  readonly slot?: string;
  /** Left out when something was said just now. */
  readonly isMinor?: boolean;
}

function factsOf(snapshot: RunSnapshot, options: ViewOptions): Fact[] {
  const { progress, outcome } = snapshot;
  const whole = { ...options, columns: Number.POSITIVE_INFINITY };
  const { status, generation } = progress;
  const stage = STAGES[status]?.(nameOf(generation)) ?? '';
  return [
    ...(progress.dataset
      ? [fact('data', headerLines({ ...snapshot, steps: [] }, whole, true).slice(1))]
      : []),
    ...generationsOf(snapshot).flatMap((view) => generationFacts(view, snapshot, whole)),
    { slot: 'stage', key: stage, lines: stage ? [stage] : [] },
    ...(outcome ? [] : [noticeFact(snapshot, whole)]),
  ];
}

function generationFacts(view: GenerationView, { steps }: RunSnapshot, options: ViewOptions): Fact[] {
  const { generation, pseudoLabels, model, verdict, state } = view;
  const name = nameOf(generation);
  const evaluated = steps.find((step) => step.activity === 'train' && step.generation === generation);
  const accuracy = evaluated?.validationAccuracy;
  return [
    ...(pseudoLabels
      ? [fact(`labels ${generation}`, pseudoLabelLines(pseudoLabels, options.columns, 0), name)]
      : []),
    ...(evaluated && accuracy !== undefined && !model
      ? [{ ...fact(`validation ${generation} ${accuracy}`, [[trainingText(evaluated)]]), isMinor: true }]
      : []),
    ...(model ? [fact(`trained ${generation}`, [[trainedText(name, model)]])] : []),
    ...(state === 'done' || verdict ? [fact(`gate ${generation} ${state}`, gateLines(view), name)] : []),
  ];
}

function noticeFact(snapshot: RunSnapshot, options: ViewOptions): Fact {
  const lines = noticeLines(snapshot, options).map((line) => textOf(line, PLAIN));
  return { slot: 'notice', key: lines.join('\n'), lines };
}

const PLAIN = { columns: Number.POSITIVE_INFINITY, colour: false };

/** @param name goes before the lines of a generation, which don't name it */
function fact(key: string, lines: readonly Line[], name?: string): Fact {
  const texts = lines.map((line) => textOf(line, PLAIN));
  return {
    key,
    lines: name ? texts.map((text) => `${name}: ${text.trim().replace(/\s{2,}/g, '  ')}`) : texts,
  };
}

function trainedText(
  name: string,
  { steps, trainingSeconds, validation }: NonNullable<GenerationView['model']>,
) {
  return `${name}: trained ${countText(steps)} steps in ${durationText(trainingSeconds)}, validation ${percentText(validation.accuracy)}`;
}

function progressText(steps: readonly StepProgress[]): string | undefined {
  const step = together(steps.filter(({ activity }) => activity === steps[0]?.activity));
  return step && trainingText(step);
}

function trainingText(step: StepProgress): string {
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
  return `${who}${parts.join('  ')}`;
}
