import type { RunSnapshot } from '../../client/snapshot.js';
import type { DatasetRecord, RunStatus } from '../../domain/records.js';
import { bold, dim, type Line, type Style, spread, styled, widthOf } from './line.js';
import { countOf, countText, durationText } from './quantities.js';
import { stageProgress } from './stage-progress.js';
import { stepLines } from './step-lines.js';
import type { ViewOptions } from './view-options.js';

const STYLES: Partial<Record<RunStatus, Style>> = {
  completed: 'green',
  failed: 'red',
  cancelled: 'yellow',
  paused: 'yellow',
  'awaiting-approval': 'yellow',
};

/** The run's name, state and age; then its data and where Temporal's pages show it. */
export function headerLines(snapshot: RunSnapshot, options: ViewOptions, details: boolean): Line[] {
  const { progress, outcome } = snapshot;
  const { runId, status, startedAt, dataset } = progress;
  const until = outcome?.report ? Date.parse(outcome.report.endedAt) : options.now;
  const age = durationText((until - Date.parse(startedAt)) / 1000);
  const state = styled(STYLES[status] ?? 'cyan', status.replace('awaiting-', 'awaiting '));
  const first = spread([bold(runId), '  ', state], [dim(age)], options.columns);
  if (!details) return [first];
  return [
    first,
    ...(dataset ? dataLines(dataset, options.columns) : preparing(snapshot, options.columns)),
    ...(options.uiUrl && !outcome ? pageLine(options.uiUrl, runId, options.columns) : []),
  ];
}

/** The page of a run in Temporal's own user interface; nothing where there is no room for all of it. */
function pageLine(uiUrl: string, runId: string, columns: number): Line[] {
  const page = `${uiUrl}/namespaces/default/workflows/${encodeURIComponent(runId)}`;
  const text = [`Temporal: ${page}`, page].find((candidate) => widthOf(candidate) <= columns);
  return text === undefined ? [] : [[dim(text)]];
}

function dataLines(
  { classes, counts, image, rejected, duplicatesAcrossSplits }: DatasetRecord,
  columns: number,
) {
  const { labelled, unlabelled, validation, test } = counts;
  const size = `${image.width}×${image.height} ${image.channels === 1 ? 'gray' : 'colour'}`;
  const parts = [
    countOf(classes.length, 'class', 'classes'),
    `${countText(labelled)} labelled`,
    `${countText(unlabelled)} unlabelled`,
    `${countText(validation)} validation`,
    ...(test > 0 ? [`${countText(test)} test`] : []),
  ];
  const lines: Line[] = [spread([parts.join(' · ')], [dim(size)], columns)];
  if (rejected > 0) lines.push([styled('yellow', `! ${countOf(rejected, 'picture')} could not be used`)]);
  if (duplicatesAcrossSplits > 0) {
    lines.push([dim(`${countOf(duplicatesAcrossSplits, 'picture')} left out: the same is in another split`)]);
  }
  return lines;
}

function preparing(snapshot: RunSnapshot, columns: number): Line[] {
  if (snapshot.progress.status !== 'preparing') return [];
  const work = stageProgress(snapshot);
  return work ? stepLines('pictures', work, columns) : [[dim('The pictures are about to be read …')]];
}
