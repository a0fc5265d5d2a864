import type { RunSnapshot } from '../../client/snapshot.js';
import { textOf } from './line.js';
import { noticeLines } from './notices.js';
import { stageLine } from './stages.js';
import type { ViewOptions } from './view-options.js';

/** Lines that a log prints once. */
export interface Fact {
  readonly key: string;
  readonly lines: readonly string[];
  /** Facts of a slot replace each other and are printed again when they recur. */
  readonly slot?: string;
  /** Omitted shortly after another line. */
  readonly isMinor?: boolean;
}

export const UNCUT = { columns: Number.POSITIVE_INFINITY, colour: false };

/** The start and end of each stage. */
export function stageFacts(
  { progress: { stages } }: Pick<RunSnapshot, 'progress'>,
  { now }: ViewOptions,
): Fact[] {
  return stages.map((stage, place) => ({
    key: `stage ${place} ${stage.status}`,
    lines: [textOf(stageLine(stage, { now, columns: UNCUT.columns }), UNCUT)],
  }));
}

/** The current {@link noticeLines}. */
export function noticeFact(snapshot: RunSnapshot, options: ViewOptions): Fact {
  const lines = noticeLines(snapshot, options).map((line) => textOf(line, UNCUT));
  return { slot: 'notice', key: lines.join('\n'), lines };
}
