import type { ModelVersion } from '../domain/records.js';
import { champion, lines, versions } from '../storage/registry.js';
import type { Server } from './connect.js';

/** Promoted models of a line, or of all lines; oldest first. */
export async function listModels({ store }: Server, line?: string): Promise<ModelVersion[]> {
  const names = line === undefined ? await lines(store) : [line];
  return (await Promise.all(names.map((name) => versions(store, name)))).flat();
}

/** The version of a line that is to be used. */
export function championOf({ store }: Server, line: string): Promise<ModelVersion | undefined> {
  return champion(store, line);
}
