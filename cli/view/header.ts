import type { RunSnapshot } from '../../client/snapshot.js';
import type { DatasetRecord } from '../../domain/records.js';
import type { RunStatus } from '../../domain/run.js';
import { activityLines } from './activity-lines.js';
import { leftOutLines } from './left-out-lines.js';
import { bold, dim, type Line, type Style, spread, styled, widthOf } from './line.js';
import { countOf, countText, durationText } from './quantities.js';
import type { ViewOptions } from './view-options.js';

const STYLES: Partial<Record<RunStatus, Style>> = {
  completed: 'green',
  failed: 'red',
  cancelled: 'yellow',
  paused: 'yellow',
  'awaiting-approval': 'yellow',
};

/** The run's id, method, status and age; then its data and its page in Temporal's UI. */
export function headerLines(snapshot: RunSnapshot, options: ViewOptions, details: boolean): Line[] {
  const { progress, outcome } = snapshot;
  const { runId, config, status, startedAt, dataset } = progress;
  const until = outcome?.report ? Date.parse(outcome.report.endedAt) : options.now;
  const age = durationText((until - Date.parse(startedAt)) / 1000);
  const state = styled(STYLES[status] ?? 'cyan', status.replace('awaiting-', 'awaiting '));
  const first = spread([bold(runId), '  ', config.method, '  ', state], [dim(age)], options.columns);
  if (!details) return [first];
  return [
    first,
    ...(dataset ? dataLines(dataset, options.columns) : preparing(snapshot, options.columns)),
    ...(options.uiUrl && !outcome ? pageLine(options.uiUrl, runId, options.columns) : []),
  ];
}

/** The run's page in Temporal's UI; omitted if it does not fit. */
function pageLine(uiUrl: string, runId: string, columns: number): Line[] {
  const page = `${uiUrl}/workflows/${encodeURIComponent(runId)}`;
  const text = [`Temporal: ${page}`, page].find((candidate) => widthOf(candidate) <= columns);
  return text === undefined ? [] : [[dim(text)]];
}

/** The data in one line, then what was left out. */
export function dataLines({ classes, counts, image, leftOut }: DatasetRecord, columns: number): Line[] {
  const { labelled, unlabelled, validation, test } = counts;
  const size = `${image.width}×${image.height} ${image.channels === 1 ? 'gray' : 'colour'}`;
  const parts = [
    countOf(classes.length, 'class', 'classes'),
    `${countText(labelled)} labelled`,
    `${countText(unlabelled)} unlabelled`,
    `${countText(validation)} validation`,
    ...(test > 0 ? [`${countText(test)} test`] : []),
  ];
  return [spread([parts.join(' · ')], [dim(size)], columns), ...leftOutLines(leftOut)];
}

function preparing({ activities, outcome }: RunSnapshot, columns: number): Line[] {
  const reading = activities.find(({ activity }) => activity === 'prepare-dataset');
  if (reading) return activityLines('pictures', reading, columns);
  return outcome || activities.length > 0 ? [] : [[dim('Waiting to read the pictures …')]];
}
