import type { RunSummary } from '../../client/list.js';
import type { MethodName } from '../../domain/methods.js';
import type { RunStatus } from '../../domain/run.js';
import { commandName } from '../command-name.js';
import { print, printJson } from '../streams.js';
import { table } from '../table.js';
import { momentText, spanText } from '../texts.js';
import { percentText } from '../view/quantities.js';
import { withApprentice } from '../with-apprentice.js';

export interface ListOptions {
  readonly status?: RunStatus;
  readonly method?: MethodName;
  readonly limit: number;
  readonly json?: boolean;
}

/** `apprentice list` */
export async function list({ status, method, limit, json }: ListOptions): Promise<void> {
  const runs = await withApprentice((apprentice) =>
    apprentice.list({ limit, ...(status && { status }), ...(method && { method }) }),
  );
  if (json) return printJson(runs);
  if (runs.length === 0) {
    return print(
      status
        ? `No run is ${status}.`
        : method
          ? `No run of the method ${method}.`
          : `No runs yet. Start one: ${commandName()} run CONFIG`,
    );
  }
  print(
    ...table(['run', 'method', 'status', 'stage', 'accuracy', 'started', 'took'], runs.map(rowOf), {
      right: [4, 6],
    }),
  );
}

function rowOf(run: RunSummary): string[] {
  const end = run.endedAt ? new Date(run.endedAt) : new Date();
  return [
    run.runId,
    run.method,
    run.status,
    run.endedAt ? '' : (run.stage ?? ''),
    run.accuracy === undefined ? '' : percentText(run.accuracy),
    momentText(run.startedAt),
    spanText((end.getTime() - Date.parse(run.startedAt)) / 1000),
  ];
}
