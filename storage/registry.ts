import type { ArtifactStore } from '../domain/artifact-store.js';
import { ConfigurationError, CorruptArtifactError } from '../domain/errors.js';
import { hashOfValue } from '../domain/hash.js';
import { changed } from '../domain/hashed-artifact.js';
import type { ArtifactKey, ModelVersion, Superseded } from '../domain/records.js';
import { encodeSealed, readSealed } from '../domain/sealed-record.js';
import { isNumbered, padded } from './numbered.js';
import { type RegistryRecord, registryRecord } from './registry/record.js';

/** Who changed the registry, and why. */
export interface Cause {
  readonly by: string;
  readonly reason: string;
}

/** A model to promote. */
export type Promotable = Omit<ModelVersion, 'version' | 'promotedAt'>;

const REGISTRY = 'registry/';
const folderOf = (line: string) => `${REGISTRY}${line}/`;
const keyOf = (line: string, number: number) => `${folderOf(line)}${padded(number)}.json`;
const isRecord = (key: ArtifactKey) =>
  isNumbered(key, key.slice(0, key.lastIndexOf('/') + 1), '.json') && key.split('/').length === 3;

/** What to do about a record that is damaged or gone: the champion must not change because of it. */
const REMEDY =
  'Restore it from a backup; or move the folder of the line aside and promote anew: runs that have ended keep their models.';

/**
 * The records of a line of models, oldest first. They are numbered from 1 without gaps and never change; versions and
 * champion are folds over them. Each holds the hash of the one before, so that none can be exchanged.
 * @throws CorruptArtifactError when a record is missing, or another than was written; it names the file
 */
export async function history(store: ArtifactStore, line: string): Promise<RegistryRecord[]> {
  const keys = (await store.list(folderOf(line))).filter(isRecord);
  keys.forEach((key, index) => {
    const expected = keyOf(line, index + 1);
    if (key === expected) return;
    throw new CorruptArtifactError(
      `registry of "${line}" in ${store.url}: received "${key}", expected "${expected}" before it: one is missing. ${REMEDY}`,
    );
  });
  const records = await Promise.all(
    keys.map((key) => readSealed(store, key, registryRecord, { remedy: REMEDY })),
  );
  records.forEach(({ previous }, index) => {
    const expected = hashOfLast(records.slice(0, index));
    if (previous === expected) return;
    throw changed(store, keys[index]!, {
      received: `a record that follows ${previous ?? 'none'}`,
      expected: `one that follows ${expected ?? 'none'}, the record before it`,
      remedy: REMEDY,
    });
  });
  return records;
}

function hashOfLast(records: readonly RegistryRecord[]): string | undefined {
  const last = records.at(-1);
  return last && hashOfValue(last);
}

/** All versions of a line, oldest first; version numbers begin with 1. */
export async function versions(store: ArtifactStore, line: string): Promise<ModelVersion[]> {
  return versionsIn(await history(store, line));
}

/** The version in use: the last promoted one, or the target of a later rollback. */
export async function champion(store: ArtifactStore, line: string): Promise<ModelVersion | undefined> {
  return championIn(await history(store, line));
}

/**
 * The champion before a run's first promotion: a run that is started again is not compared with models that it has
 * promoted earlier.
 */
export async function championBefore(
  store: ArtifactStore,
  line: string,
  runId: string,
): Promise<ModelVersion | undefined> {
  const records = await history(store, line);
  const now = championIn(records);
  if (now?.runId !== runId) return now;
  const first = records.findIndex((record) => record.kind === 'promoted' && record.model.runId === runId);
  return championIn(records.slice(0, first));
}

/** The names of all lines, sorted. */
export async function lines(store: ArtifactStore): Promise<string[]> {
  const keys = (await store.list(REGISTRY)).filter(isRecord);
  return [...new Set(keys.map((key) => key.slice(REGISTRY.length, key.lastIndexOf('/'))))].sort();
}

/** The keys in the registry that are no records of it, for example an editor's backup; nothing reads them. */
export async function strayKeys(store: ArtifactStore): Promise<ArtifactKey[]> {
  return (await store.list(REGISTRY)).filter((key) => !isRecord(key));
}

/**
 * Makes a model the next version and champion of its line, if it may replace the current champion. Idempotent by run and
 * generation: a repeated call returns the first call's version and promotes nothing, even if the champion changed since.
 * @param decide returns why the model may replace the champion, or undefined when it may not; called again when another
 *   record was appended first, so that the decision is always about the champion that is replaced
 */
export async function promote(
  store: ArtifactStore,
  model: Promotable,
  decide: (reigning: ModelVersion | undefined) => Promise<Cause | undefined>,
): Promise<ModelVersion | Superseded> {
  for (;;) {
    const records = await history(store, model.line);
    const promoted = versionsIn(records);
    const same = promoted.find(
      ({ runId, generation }) => runId === model.runId && generation === model.generation,
    );
    if (same) return same;
    const reigning = championIn(records);
    const cause = await decide(reigning);
    if (!cause) return { supersededBy: reigning?.version ?? 0 };
    const at = new Date().toISOString();
    const version: ModelVersion = { ...model, version: promoted.length + 1, promotedAt: at };
    const record = { number: records.length + 1, at, ...cause, kind: 'promoted' as const, model: version };
    if (await append(store, model.line, records, record)) return version;
  }
}

/**
 * Makes an earlier version the champion again.
 * @throws ConfigurationError when the line has no such version
 */
export async function rollBack(
  store: ArtifactStore,
  line: string,
  to: number,
  cause: Cause,
): Promise<ModelVersion> {
  for (;;) {
    const records = await history(store, line);
    const promoted = versionsIn(records);
    const version = promoted.find((candidate) => candidate.version === to);
    if (!version) {
      const known = promoted.length === 0 ? 'the line has none' : `expected one of 1 to ${promoted.length}`;
      throw new ConfigurationError(`version: received ${to} of "${line}", ${known}`);
    }
    const at = new Date().toISOString();
    const record = { number: records.length + 1, at, ...cause, kind: 'rolled-back' as const, to };
    if (await append(store, line, records, record)) return version;
  }
}

/** Appends a record. Returns false when another process took its number: read the log again. */
function append(
  store: ArtifactStore,
  line: string,
  before: readonly RegistryRecord[],
  record: RegistryRecord,
): Promise<boolean> {
  const key = keyOf(line, record.number);
  const previous = hashOfLast(before);
  return store.create(key, encodeSealed(key, { ...record, ...(previous && { previous }) }));
}

function championIn(records: readonly RegistryRecord[]): ModelVersion | undefined {
  const last = records.at(-1);
  if (last?.kind === 'rolled-back') return versionsIn(records).find(({ version }) => version === last.to);
  return last?.model;
}

function versionsIn(records: readonly RegistryRecord[]): ModelVersion[] {
  return records.flatMap((record) => (record.kind === 'promoted' ? [record.model] : []));
}
