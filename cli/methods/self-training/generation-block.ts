import type { RunStatus } from '../../domain/records.js';
import { gateLines } from './gate-lines.js';
import { type GenerationView, nameOf } from './generation-view.js';
import { bold, dim, fill, type Line, type Span, spread, styled, widthOf } from './line.js';
import { pseudoLabelLines } from './pseudo-label-lines.js';
import { countOf, countText, durationText, percentText } from './quantities.js';
import { INDENT, label, stepLines } from './step-lines.js';

export interface BlockOptions {
  readonly columns: number;
  readonly status: RunStatus;
  /** Lines for the bars of classes. */
  readonly classRows: number;
  /** Whether a generation that is done keeps its details. */
  readonly details: boolean;
}

/** One generation: its head, and whatever is known of labels, training and gate. */
export function generationBlock(view: GenerationView, options: BlockOptions): Line[] {
  if (view.state === 'planned') return [headLine(view, options)];
  if (view.state === 'done' && !options.details) return [headLine(view, options)];
  return [
    headLine(view, options),
    ...labelling(view, options),
    ...training(view, options),
    ...gateLines(view),
  ];
}

function headLine(view: GenerationView, { columns, details }: BlockOptions): Line {
  const { generation, state, network, model, promoted, version } = view;
  const name = fill(nameOf(generation), INDENT - 3);
  if (state === 'planned') return [dim(`○ ${name} ${network}`)];
  const head: Line = [mark(view), ' ', bold(name), ' '];
  if (!model) return [...head, dim(network)];
  const gate =
    details || promoted === undefined ? '' : promoted ? `   version ${version}` : '   not promoted';
  const right: Line = [`validation ${percentText(model.validation.accuracy)}`, dim(gate)];
  const lefts = [`${network}, ${countText(model.parameters)} parameters`, network, ''];
  const left = lefts
    .map((text): Line => [...head, dim(text)])
    .find((line) => widthOf(line) + 2 + widthOf(right) <= columns);
  return left ? spread(left, right, columns) : head;
}

function mark({ state, promoted }: GenerationView): Span {
  if (state === 'now') return styled('cyan', '●');
  return promoted ? styled('green', '✔') : styled('yellow', '✘');
}

function labelling({ pseudoLabels, shards, work, state }: GenerationView, options: BlockOptions): Line[] {
  const { columns, status } = options;
  if (pseudoLabels) return pseudoLabelLines(pseudoLabels, columns, state === 'now' ? options.classRows : 0);
  if (state !== 'now' || status !== 'pseudo-labelling') return [];
  const done = shards ? dim(`${countOf(shards.of, 'shard')}, ${countText(shards.done)} labelled`) : dim('…');
  return work?.activity === 'pseudo-label'
    ? [...stepLines('labels', work, columns), [' '.repeat(INDENT), done]]
    : [[label('labels'), done]];
}

function training({ model, from, work }: GenerationView, { columns, status }: BlockOptions): Line[] {
  if (from) return [[label('training'), 'none: ', from.name, ' as it was']];
  if (model) {
    const { steps: all, bestStep, trainingSeconds, waitedSeconds } = model;
    const best = bestStep < all ? `, best at step ${countText(bestStep)}` : '';
    const waited = `, ${percentText(waitedSeconds / trainingSeconds)} of it waiting for images`;
    const text = `${countOf(all, 'step')} in ${durationText(trainingSeconds)}`;
    return [[label('training'), text, dim(waited), dim(best)]];
  }
  if (work?.activity === 'train') return stepLines('training', work, columns);
  return status === 'training' ? [[label('training'), dim('a trainer is about to begin …')]] : [];
}
