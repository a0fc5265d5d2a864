import { distance } from 'fastest-levenshtein';
import { champion, lines, localStore, strayKeys, versions } from '../../client/local-store.js';
import { ConfigurationError } from '../../domain/errors.js';
import type { ModelVersion } from '../../domain/records.js';
import { readable } from '../show/readable.js';
import { note, print, printJson } from '../streams.js';
import { colours, table } from '../table.js';
import { momentText } from '../texts.js';
import { countText, percentText } from '../view/quantities.js';

/** `apprentice models [LINE]`: needs no server. */
export async function models(line: string | undefined, { json }: { readonly json?: boolean }): Promise<void> {
  const store = localStore(process.env);
  const all = await lines(store);
  for (const key of await strayKeys(store))
    note(`! ${key} in ${store.url} is no record of the registry; it is ignored.`);
  if (line !== undefined && !all.includes(line)) throw unknownLine(line, all, store.url);
  const wanted = line === undefined ? all : [line];
  const found = await Promise.all(
    wanted.map((name) =>
      readable(async () => ({
        champion: (await champion(store, name))?.version,
        versions: await versions(store, name),
      })),
    ),
  );
  const rows = found.flatMap((entry) =>
    (entry?.versions ?? [])
      .toReversed()
      .map((model) => ({ ...model, champion: model.version === entry?.champion })),
  );
  if (json) return printJson(rows);
  if (wanted.length === 0) return print(`No models yet in ${store.url}; runs add them.`);
  const head = ['model', 'validation', 'parameters', 'run', 'promoted'];
  print(...table(head, rows.map(rowOf), { right: [1, 2] }));
  // Omitted in pipes, for awk.
  if (process.stdout.isTTY) print(colours.dim('* champion: the version that `predict LINE` uses'));
}

function rowOf(model: ModelVersion & { readonly champion: boolean }): string[] {
  return [
    `${model.line}@${model.version}${model.champion ? ' *' : ''}`,
    percentText(model.validationAccuracy),
    countText(model.parameters),
    model.runId,
    momentText(model.promotedAt).slice(0, 10),
  ];
}

/** Names the nearest lines. */
export function unknownLine(line: string, all: readonly string[], store: string): ConfigurationError {
  const near = [...all].sort((a, b) => distance(a, line) - distance(b, line)).slice(0, 3);
  const known = near.length === 0 ? 'there are none yet' : `the nearest: ${near.join(', ')}`;
  return new ConfigurationError(
    `models: received "${line}", expected a line of models in ${store}; ${known}`,
  );
}
