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

/** Said about a run so far, off a terminal. */
export interface Told {
  /** Each of these is said once. */
  readonly facts: ReadonlySet<string>;
  readonly progressAt: number;
}

export const NOTHING_TOLD: Told = { facts: new Set(), progressAt: Number.NEGATIVE_INFINITY };

/** Between two lines that say no more than how far a step is. */
const PROGRESS_EVERY_MS = 20_000;

/**
 * What is new in a snapshot, as lines that stay: stages, evaluations, labels, verdicts, troubles; and now and then
 * how far a step is.
 */
export function newsOf(snapshot: RunSnapshot, told: Told, options: ViewOptions): { lines: string[]; told: Told } {
  const facts = factsOf(snapshot, options).filter(({ key }) => !told.facts.has(key));
  const isDue = facts.length === 0 && options.now - told.progressAt >= PROGRESS_EVERY_MS;
  const progress = isDue ? progressText(snapshot.steps) : undefined;
  const isSaid = facts.length > 0 || progress !== undefined;
  return {
    lines: [...facts.flatMap(({ lines }) => lines), ...(progress ? [progress] : [])],
    told: {
      facts: facts.length === 0 ? told.facts : new Set([...told.facts, ...facts.map(({ key }) => key)]),
      progressAt: isSaid ? options.now : told.progressAt,
    },
  };
}

interface Fact {
  readonly key: string;
  readonly lines: readonly string[];
}

function factsOf(snapshot: RunSnapshot, options: ViewOptions): Fact[] {
  const { progress, outcome } = snapshot;
  const whole = { ...options, columns: Number.POSITIVE_INFINITY };
  const { status, generation } = progress;
  const stage = STAGES[status]?.(nameOf(generation));
  return [
    ...(progress.dataset ? [fact('data', headerLines({ ...snapshot, steps: [] }, whole, true).slice(1))] : []),
    ...generationsOf(snapshot).flatMap((view) => generationFacts(view, snapshot, whole)),
    ...(stage ? [fact(`stage ${status} ${generation}`, [[stage]])] : []),
    ...(outcome ? [] : noticeFacts(snapshot, whole)),
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
      ? [fact(`validation ${generation} ${accuracy}`, [[trainingText(evaluated)]])]
      : []),
    ...(model
      ? [fact(`trained ${generation}`, [[trainedText(name, model)]])]
      : []),
    ...(state === 'done' || verdict ? [fact(`gate ${generation} ${state}`, gateLines(view), name)] : []),
  ];
}

function noticeFacts(snapshot: RunSnapshot, options: ViewOptions): Fact[] {
  const lines = noticeLines(snapshot, options);
  const key = `${snapshot.progress.generation} ${lines.map((line) => textOf(line, PLAIN)).join('\n')}`;
  return lines.length > 0 ? [fact(key, lines)] : [];
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

function trainedText(name: string, { steps, trainingSeconds, validation }: NonNullable<GenerationView['model']>) {
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
