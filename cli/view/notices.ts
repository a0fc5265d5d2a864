import type { RunSnapshot } from '../../client/snapshot.js';
import { bold, type Line, type Style, styled, wrap } from './line.js';
import type { ViewOptions } from './view-options.js';

/** Whole reasons fit; the last lines of a lost process may not. */
const MAX_LINES = 12;

/** Required user actions, problems and errors. */
export function noticeLines(snapshot: RunSnapshot, options: ViewOptions): Line[] {
  const { progress, problems, outcome } = snapshot;
  const { columns, command, serverCommand = command } = options;
  const { runId, status, question } = progress;
  const run = (verb: string): Line => ['    ', bold(`${serverCommand} ${verb} ${runId}`)];
  const asking = (about: string): Line[] => [
    [styled('yellow', `? The gate waits for your decision on ${about}:`)],
    run('approve'),
    run('reject'),
  ];
  const paused: Line[] = [[styled('yellow', '‖ Paused. Continue from the last checkpoint:')], run('resume')];
  return [
    ...(status === 'awaiting-approval' && question ? asking(question.about) : []),
    ...(status === 'paused' ? paused : []),
    ...problems.flatMap((problem) => shortened(marked('yellow', '!', problem, columns))),
    ...(outcome?.error
      ? marked(outcome.status === 'failed' ? 'red' : 'yellow', '✘', outcome.error, columns)
      : []),
  ];
}

/** Shortens problems such as the last lines of a lost process; its log has all of them. */
function shortened(lines: readonly Line[]): Line[] {
  return lines.length > MAX_LINES
    ? [...lines.slice(0, MAX_LINES - 1), [...lines[MAX_LINES - 1]!, ' …']]
    : [...lines];
}

function marked(style: Style, mark: string, text: string, columns: number): Line[] {
  return wrap(text, columns - 4).map((part, index) => [styled(style, `${index === 0 ? mark : ' '} ${part}`)]);
}
