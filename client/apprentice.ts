import type { ConfigInputOf, MethodName, RunConfigInput } from '../domain/methods.js';
import type { ModelVersion } from '../domain/records.js';
import { champion, lines, versions } from '../storage/registry.js';
import { assertRunOrChild } from './assert-id.js';
import { type ConnectOptions, connect, type Server } from './connect.js';
import { type ListFilter, listRuns, type RunSummary } from './list.js';
import { openRun, type Run } from './run.js';
import { type Schedules, schedulesOf } from './schedules.js';
import { type StartOptions, startRun } from './start.js';

/**
 * The client: starts, follows, steers and schedules runs, and finds their models.
 *
 *     await using apprentice = await Apprentice.connect();
 *     const run = await apprentice.start({ name: 'clothes', data: { … } });
 *     for await (const { progress, activities } of run.follow()) console.log(progress.status, activities);
 */
export class Apprentice {
  readonly schedules: Schedules;

  private constructor(private readonly server: Server) {
    this.schedules = schedulesOf(server);
  }

  /** @throws ServerUnreachableError if no Temporal server answers */
  static async connect(options?: ConnectOptions): Promise<Apprentice> {
    return new Apprentice(await connect(options));
  }

  get address(): string {
    return this.server.address;
  }

  /** Temporal's UI for the server of `apprentice up`. */
  get uiUrl(): string | undefined {
    return this.server.uiUrl;
  }

  get storeUrl(): string {
    return this.server.store.url;
  }

  /**
   * Starts a run of the configuration's method: `start({ method: 'distill', name: 'small', … })`; self-training by
   * default.
   * @throws ConfigurationError if the configuration is invalid, or the run id is taken
   */
  start<Name extends MethodName>(
    config: ConfigInputOf<Name> & { readonly method: Name },
    options?: StartOptions,
  ): Promise<Run<Name>>;
  start(config: ConfigInputOf<'self-training'>, options?: StartOptions): Promise<Run<'self-training'>>;
  start(config: RunConfigInput, options?: StartOptions): Promise<Run>;
  async start(config: RunConfigInput, options?: StartOptions): Promise<Run> {
    return this.run(await startRun(this.server, config, options));
  }

  /**
   * Returns the handle of a run; its methods throw UnknownRunError if there is no such run.
   * @throws ConfigurationError if this can't be the id of a run
   */
  run<Name extends MethodName = MethodName>(runId: string): Run<Name> {
    assertRunOrChild(runId);
    return openRun<Name>(this.server, runId);
  }

  /** Runs, newest first. */
  list(filter: ListFilter = {}): Promise<RunSummary[]> {
    return listRuns(this.server, filter);
  }

  /** Promoted models of a line, or of all lines; oldest first. */
  async models(line?: string): Promise<ModelVersion[]> {
    const { store } = this.server;
    const names = line === undefined ? await lines(store) : [line];
    return (await Promise.all(names.map((name) => versions(store, name)))).flat();
  }

  /** The version of a line that is in use. */
  champion(line: string): Promise<ModelVersion | undefined> {
    return champion(this.server.store, line);
  }

  close(): Promise<void> {
    return this.server.connection.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
