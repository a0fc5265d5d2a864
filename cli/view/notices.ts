import type { RunSnapshot } from '../../client/snapshot.js';
import { bold, type Line, type Style, styled, wrap } from './line.js';
import type { ViewOptions } from './view-options.js';

const MAX_LINES = 2;

/** What a person should know or do now: decide, resume, start a worker, read why it failed. */
export function noticeLines(snapshot: RunSnapshot, options: ViewOptions): Line[] {
  const { progress, problems, outcome } = snapshot;
  const { columns, command, serverCommand = command } = options;
  const { runId, status, question } = progress;
  const run = (verb: string): Line => ['    ', bold(`${serverCommand} ${verb} ${runId}`)];
  const asking = (about: string): Line[] => [
    [styled('yellow', `? ${about} waits for your decision:`)],
    run('approve'),
    run('reject'),
  ];
  const paused: Line[] = [
    [styled('yellow', '‖ Paused; it goes on from its last checkpoint:')],
    run('resume'),
  ];
  return [
    ...(status === 'awaiting-approval' && question ? asking(question.about) : []),
    ...(status === 'paused' ? paused : []),
    ...problems.flatMap((problem) => shortened(marked('yellow', '!', problem, columns))),
    ...(outcome?.error
      ? marked(outcome.status === 'failed' ? 'red' : 'yellow', '✘', outcome.error, columns)
      : []),
  ];
}

/** The last lines of a lost process can be long; its log has all of them. */
function shortened(lines: readonly Line[]): Line[] {
  return lines.length > MAX_LINES
    ? [...lines.slice(0, MAX_LINES - 1), [...lines[MAX_LINES - 1]!, ' …']]
    : [...lines];
}

function marked(style: Style, mark: string, text: string, columns: number): Line[] {
  return wrap(text, columns - 4).map((part, index) => [styled(style, `${index === 0 ? mark : ' '} ${part}`)]);
}
