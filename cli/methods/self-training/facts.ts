import type { RunSnapshot } from '../../../client/snapshot.js';
import { progressText } from '../../view/activity-lines.js';
import { type Fact, UNCUT } from '../../view/facts.js';
import { dataLines } from '../../view/header.js';
import { type Line, textOf } from '../../view/line.js';
import { countText, durationText, percentText } from '../../view/quantities.js';
import { gateLines } from './gate-lines.js';
import { type GenerationView, generationsOf, nameOf } from './generation-view.js';
import { type Phase, phaseOf } from './phase.js';
import { pseudoLabelLines } from './pseudo-label-lines.js';

const PHASES: { readonly [Name in Phase]?: (name: string) => string } = {
  pictures: () => 'Reading the pictures',
  training: (name) => `${name}: training`,
  'pseudo-labels': (name) => `${name}: pseudo-labelling the unlabelled images`,
  test: () => 'Measuring every generation on the test images',
};

/** All facts of a snapshot in chronological order. */
export function generationFacts(snapshot: RunSnapshot<'self-training'>): Fact[] {
  const { dataset, question, paused } = snapshot.progress;
  const views = generationsOf(snapshot);
  const past = views.filter(({ state }) => state === 'done');
  const present = views.filter(({ state }) => state === 'now');
  // A phase that continues after a pause is said again.
  const phase = paused ? undefined : phaseOf(snapshot.progress);
  const stage = (phase && PHASES[phase]?.(nameOf(present[0]?.generation ?? 0))) ?? '';
  return [
    ...(dataset ? [fact('data', dataLines(dataset, UNCUT.columns))] : []),
    ...past.flatMap((view) => [...labelFacts(view), ...trainingFacts(view), ...gateFacts(view)]),
    ...present.flatMap(labelFacts),
    { slot: 'stage', key: stage, lines: stage ? [stage] : [] },
    ...present.flatMap(trainingFacts),
    ...(question ? present.flatMap(gateFacts) : []),
  ];
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
      ? `a copy of ${from.name}`
      : `trained ${countText(model.steps)} steps in ${durationText(trainingSeconds)}`;
    const text = `${nameOf(generation)}: ${how}, validation ${percentText(validation.accuracy)}`;
    return [fact(`trained ${generation}`, [[text]])];
  }
  const accuracy = work?.validationAccuracy;
  if (!work || accuracy === undefined) return [];
  return [
    {
      ...fact(`validation ${generation} ${accuracy}`, [[`${nameOf(generation)}: ${progressText(work)}`]]),
      isMinor: true,
    },
  ];
}

function gateFacts(view: GenerationView): Fact[] {
  const { generation, state } = view;
  return [fact(`gate ${generation} ${state}`, [[`${nameOf(generation)}: `, flat(gateLines(view))]])];
}

function fact(key: string, lines: readonly Line[]): Fact {
  return { key, lines: lines.map((line) => textOf(line, UNCUT)) };
}

/** Joins lines into one. */
function flat(lines: readonly Line[]): string {
  const parts = lines.map((line) =>
    textOf(line, UNCUT)
      .trim()
      .replace(/\s{2,}/g, '  '),
  );
  return parts.join('  ');
}
