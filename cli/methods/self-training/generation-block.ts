import { activityLines, INDENT, label } from '../../view/activity-lines.js';
import { bold, dim, fill, type Line, type Span, spread, styled, widthOf } from '../../view/line.js';
import { countOf, countText, durationText, percentText } from '../../view/quantities.js';
import { gateLines } from './gate-lines.js';
import { type GenerationView, nameOf } from './generation-view.js';
import { pseudoLabelLines } from './pseudo-label-lines.js';

export interface BlockOptions {
  readonly columns: number;
  /** Maximum lines of the class bars. */
  readonly classRows: number;
  /** Whether to show details of completed generations. */
  readonly details: boolean;
}

/** A generation: its head, then labels, training and gate. */
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

function labelling(
  { pseudoLabels, shards, work, state, phase }: GenerationView,
  options: BlockOptions,
): Line[] {
  const { columns } = options;
  if (pseudoLabels) return pseudoLabelLines(pseudoLabels, columns, state === 'now' ? options.classRows : 0);
  if (phase !== 'pseudo-labels') return [];
  const done = shards ? dim(`${countOf(shards.of, 'shard')}, ${countText(shards.done)} labelled`) : dim('…');
  return work?.activity === 'pseudo-label'
    ? [...activityLines('labels', work, columns), [' '.repeat(INDENT), done]]
    : [[label('labels'), done]];
}

function training({ model, from, work, phase }: GenerationView, { columns }: BlockOptions): Line[] {
  if (from) return [[label('training'), 'none: a copy of ', from.name]];
  if (model) {
    const { steps: all, bestStep, trainingSeconds, waitedSeconds, threads } = model;
    const best = bestStep < all ? `, best at step ${countText(bestStep)}` : '';
    const waited = `, ${percentText(waitedSeconds / trainingSeconds)} waiting for images`;
    const on = threads === undefined ? '' : ` on ${countOf(threads, 'thread')}`;
    const text = `${countOf(all, 'step')} in ${durationText(trainingSeconds)}${on}`;
    return [[label('training'), text, dim(waited), dim(best)]];
  }
  if (work?.activity === 'train') return activityLines('training', work, columns);
  return phase === 'training' ? [[label('training'), dim('about to start …')]] : [];
}
