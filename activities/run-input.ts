import type { RunBase } from '../domain/config/base.js';

/** The beginning of every activity's input: its run, and the whole configuration, so that a retry needs nothing else. */
export interface RunActivityInput<Config extends RunBase = RunBase> {
  readonly runId: string;
  readonly config: Config;
}
