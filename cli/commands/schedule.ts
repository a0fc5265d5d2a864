import { readRunConfig } from '../../client/config-file.js';
import type { ScheduleSummary } from '../../client/schedules.js';
import { ConfigurationError } from '../../domain/errors.js';
import type { OverlapPolicy } from '../../domain/overlap.js';
import { commandName } from '../command-name.js';
import { print, printJson } from '../streams.js';
import { table } from '../table.js';
import { utcText } from '../texts.js';
import { withApprentice } from '../with-apprentice.js';

export interface CreateOptions {
  readonly cron?: string;
  readonly every?: string;
  readonly overlap: OverlapPolicy;
  readonly note?: string;
  readonly set: readonly string[];
}

/** `apprentice schedule create ID CONFIG` */
export async function create(id: string, file: string, { set, ...options }: CreateOptions): Promise<void> {
  if ((options.cron === undefined) === (options.every === undefined)) {
    throw new ConfigurationError('schedule: expected either --cron or --every');
  }
  const config = await readRunConfig(file, { overrides: set });
  const created = await withApprentice(async ({ schedules }) => {
    await schedules.create(id, config, options);
    return (await schedules.list()).find((schedule) => schedule.id === id);
  });
  const next = created?.next[0];
  print(`${id}: created${next ? `; the first run starts ${utcText(next)}` : ''}.`);
  print(`Start one now: ${commandName()} schedule trigger ${id}`);
}

/** `apprentice schedule list` */
export async function list({ json }: { readonly json?: boolean }): Promise<void> {
  const schedules = await withApprentice((apprentice) => apprentice.schedules.list());
  if (json) return printJson(schedules);
  if (schedules.length === 0)
    return print(`No schedules yet. Create one: ${commandName()} schedule create --help`);
  print(
    ...table(['schedule', 'name', 'method', 'when', 'overlap', 'next', 'last run'], schedules.map(rowOf)),
  );
}

function rowOf({ id, name, method, when, overlap, paused, next, recentRuns }: ScheduleSummary): string[] {
  const start = paused ? 'paused' : next[0] === undefined ? '' : utcText(next[0]);
  return [id, name, method, when, overlap, start, recentRuns.at(-1) ?? ''];
}

const DONE = {
  pause: 'paused; its runs continue',
  resume: 'resumed',
  trigger: 'triggered; `list` shows the run',
  delete: 'deleted; its runs continue',
} as const;

/** `apprentice schedule pause | resume | trigger | delete ID` */
export async function change(action: keyof typeof DONE, id: string): Promise<void> {
  await withApprentice(({ schedules }) => schedules[action](id));
  print(`${id}: ${DONE[action]}.`);
}
