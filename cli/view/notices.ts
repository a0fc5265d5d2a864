import type { RunSnapshot } from '../../client/snapshot.js';
import { nameOf } from './generation-view.js';
import { bold, type Line, styled, wrap } from './line.js';
import type { ViewOptions } from './view-options.js';

/** What a person should know or do now: decide, resume, start a worker. */
export function noticeLines({ progress, problems }: RunSnapshot, { command, columns }: ViewOptions): Line[] {
  const { runId, status, generation } = progress;
  const run = (verb: string): Line => ['    ', bold(`${command} ${verb} ${runId}`)];
  return [
    ...(status === 'awaiting-approval'
      ? [[styled('yellow', `? ${nameOf(generation)} waits for your decision:`)], run('approve'), run('reject')]
      : []),
    ...(status === 'paused'
      ? [[styled('yellow', '‖ Paused. This goes on from the last checkpoint:')], run('resume')]
      : []),
    ...problems.flatMap((problem) =>
      wrap(problem, columns - 2).map((text, index): Line => [
        styled('yellow', `${index === 0 ? '! ' : '  '}${text}`),
      ]),
    ),
  ];
}
