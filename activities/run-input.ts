import type { RunBase } from '../domain/config/base.js';

/** The common part of activity inputs. Has the whole configuration, so that a retry needs nothing else. */
export interface RunActivityInput<Config extends RunBase = RunBase> {
  readonly runId: string;
  readonly config: Config;
}
