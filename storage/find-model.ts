import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { ArtifactStore } from '../domain/artifact-store.js';
import { nearest } from '../domain/config/known-keys.js';
import { ConfigurationError, CorruptArtifactError } from '../domain/errors.js';
import type { ArtifactKey } from '../domain/records.js';
import { runKeys } from './keys.js';
import { openStore } from './open-store.js';
import { champion, lines, versions } from './registry.js';
import { readReport } from './runs.js';

/** The location of a model. */
export interface FoundModel {
  /** For display: `clothes@2`, or the folder as given. */
  readonly name: string;
  readonly store: ArtifactStore;
  readonly key: ArtifactKey;
}

/**
 * Finds a model by folder with model.json (or that file), line, line@version, or run id (the run's last promoted model).
 * Needs no Temporal server.
 * @param field the configuration field that names the model, for error messages
 * @throws ConfigurationError when there is no such model; the message names the nearest ones
 */
export async function findModel(wanted: string, store: ArtifactStore, field = 'model'): Promise<FoundModel> {
  const folder = folderOf(wanted);
  if (folder !== undefined) return { name: wanted, ...placeOf(folder) };
  const [, line, version] = /^(.+)@(\d+)$/.exec(wanted) ?? [];
  const names = await lines(store);
  if (line !== undefined && names.includes(line)) return versionOf(store, line, Number(version), field);
  if (names.includes(wanted)) {
    const model = await champion(store, wanted);
    if (model) return { name: `${wanted}@${model.version}`, store, key: model.modelKey };
  }
  const { all, damaged } = await versionsOfAll(store, names);
  const ofRun = all.findLast(({ runId }) => runId === wanted);
  if (ofRun) return { name: `${ofRun.line}@${ofRun.version}`, store, key: ofRun.modelKey };
  const best = await modelOfRun(store, wanted);
  if (best) return { name: wanted, store, key: best };
  if (damaged) throw damaged;
  const runs = [...new Set(all.map(({ runId }) => runId))];
  throw new ConfigurationError(
    `${field}: received "${wanted}", expected a folder with model.json, or a line of models, line@version or run in ${store.url}: ${suggestionFor(wanted, names, runs)}`,
  );
}

/** The versions of all lines that can be read, and the error of one that can't: what is wanted may be in another. */
async function versionsOfAll(store: ArtifactStore, names: readonly string[]) {
  const read = await Promise.allSettled(names.map((name) => versions(store, name)));
  const all = read.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  const errors = read.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
  for (const error of errors) if (!(error instanceof CorruptArtifactError)) throw error;
  return { all, damaged: errors[0] };
}

/** Returns the model in a run's report, which need not be in the registry. */
async function modelOfRun(store: ArtifactStore, runId: string): Promise<ArtifactKey | undefined> {
  const isId = /^[^./\\\0][^/\\\0]*$/.test(runId);
  const hasEnded = isId && (await store.has(runKeys(runId).report));
  return hasEnded ? (await readReport(store, runId)).model?.modelKey : undefined;
}

/** Returns the model folder of a path; undefined if it has no model.json. */
function folderOf(wanted: string): string | undefined {
  // An empty text is not the current folder, though it resolves to it.
  if (wanted.trim() === '') return undefined;
  const path = resolve(wanted);
  if (basename(path) === 'model.json' && existsSync(path)) return dirname(path);
  return existsSync(resolve(path, 'model.json')) ? path : undefined;
}

/** Opens a folder inside a store with that store, so that the run's records are found too. */
function placeOf(folder: string): Omit<FoundModel, 'name'> {
  const [, root, key] =
    /^(.+)[\\/](runs[\\/][^\\/]+[\\/][^\\/]+[\\/]model(?:-[0-9a-f]{16})?)$/.exec(folder) ?? [];
  if (root !== undefined && key !== undefined)
    return { store: openStore(root), key: key.replaceAll('\\', '/') };
  return { store: openStore(dirname(folder)), key: basename(folder) };
}

async function versionOf(
  store: ArtifactStore,
  line: string,
  version: number,
  field: string,
): Promise<FoundModel> {
  const all = await versions(store, line);
  const model = all.find((candidate) => candidate.version === version);
  if (model) return { name: `${line}@${version}`, store, key: model.modelKey };
  throw new ConfigurationError(
    `${field}: received version ${version} of "${line}", expected one of 1 to ${all.length}`,
  );
}

const MAX_SUGGESTIONS = 8;

/** Suggests a similar line or run, or lists the lines. */
function suggestionFor(wanted: string, names: readonly string[], runs: readonly string[]): string {
  const near = nearest(wanted.replace(/@\d+$/, ''), [...names, ...runs]);
  if (!near) return 'it has no models yet; a run adds one when it promotes a model';
  if (near.isClose) return `did you mean ${near.word}?`;
  const more = names.length > MAX_SUGGESTIONS ? ` and ${names.length - MAX_SUGGESTIONS} more` : '';
  return `its lines are ${names.slice(0, MAX_SUGGESTIONS).join(', ')}${more}`;
}
