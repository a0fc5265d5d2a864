import type { RunBase } from '../domain/config/base.js';
import type { RunConfigInput } from '../domain/config.js';
import type { MethodConfigInput, MethodReportOf } from '../domain/method-types.js';
import type { MethodName } from '../domain/methods.js';
import type { ModelVersion } from '../domain/records.js';
import { type ConnectOptions, connect, type Server } from './connect.js';
import { type ListFilter, listRuns, type RunSummary } from './list.js';
import { beginMethod } from './methods/begin-method.js';
import { kindOf } from './methods/kind-of.js';
import { type MethodHandle, openMethod } from './methods/method-handle.js';
import { startMethod } from './methods/start-method.js';
import { championOf, listModels } from './models.js';
import { openRun, type Run } from './run.js';
import { type Schedules, schedulesOf } from './schedules.js';
import { startRun } from './start.js';
import type { StartOptions } from './start-work.js';

/**
 * Apprentice from a program: start runs, follow and steer them, schedule them, look up what they made.
 *
 *     await using apprentice = await Apprentice.connect();
 *     const run = await apprentice.start({ name: 'clothes', data: { … } });
 *     for await (const { progress, steps } of run.follow()) console.log(progress.status, steps);
 */
export class Apprentice {
  readonly schedules: Schedules;

  private constructor(private readonly server: Server) {
    this.schedules = schedulesOf(server);
  }

  /** @throws ServerUnreachableError when no Temporal server answers */
  static async connect(options?: ConnectOptions): Promise<Apprentice> {
    return new Apprentice(await connect(options));
  }

  get address(): string {
    return this.server.address;
  }

  /** Temporal's pages about the server of `apprentice up`. */
  get uiUrl(): string | undefined {
    return this.server.uiUrl;
  }

  /** Where the artifacts are: a file: URL, or another. */
  get storeUrl(): string {
    return this.server.store.url;
  }

  /** @throws ConfigurationError when the configuration is wrong, or the run's id is taken */
  start(config: RunConfigInput, options?: StartOptions): Promise<Run> {
    return startRun(this.server, config, options);
  }

  /** Whether there is such a run shows when it is asked something. */
  run(runId: string): Run {
    return openRun(this.server, runId);
  }

  /**
   * Starts a method beside self-training: `begin('distill', { name: 'clothes', teachers: ['clothes'], … })`.
   * @throws ConfigurationError when the configuration is wrong, or the id is taken
   */
  begin<Name extends MethodName>(
    method: Name,
    config: MethodConfigInput<Name>,
    options?: StartOptions,
  ): Promise<MethodHandle<MethodReportOf<Name>>> {
    return beginMethod(this.server, method, config, options);
  }

  /** As {@link begin}, for a configuration that has been read, checked and filled in. */
  beginChecked(method: MethodName, config: RunBase, options?: StartOptions): Promise<MethodHandle> {
    return startMethod(this.server, method, config, options);
  }

  /** Whether there is such a one shows when it is asked something. */
  method(runId: string): MethodHandle {
    return openMethod(this.server, runId);
  }

  /**
   * What kind of work an id is of.
   * @throws UnknownRunError
   */
  kindOf(runId: string): Promise<MethodName | 'run'> {
    return kindOf(this.server, runId);
  }

  /** Newest first. */
  list(filter: ListFilter = {}): Promise<RunSummary[]> {
    return listRuns(this.server, filter);
  }

  /** Promoted models of a line, or of all lines; oldest first. */
  models(line?: string): Promise<ModelVersion[]> {
    return listModels(this.server, line);
  }

  /** The version of a line that is to be used. */
  champion(line: string): Promise<ModelVersion | undefined> {
    return championOf(this.server, line);
  }

  close(): Promise<void> {
    return this.server.connection.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
