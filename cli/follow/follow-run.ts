import type { Apprentice } from '../../client/apprentice.js';
import type { Run } from '../../client/run.js';
import type { RunSnapshot } from '../../client/snapshot.js';
import type { MethodName } from '../../domain/methods.js';
import { commandName } from '../command-name.js';
import { findPicture } from '../find-picture.js';
import { viewOf } from '../methods/commands.js';
import type { MethodView } from '../methods/method-view.js';
import { jsonRenderer } from './json-renderer.js';
import { liveRenderer } from './live-renderer.js';
import { plainRenderer } from './plain-renderer.js';
import type { Renderer, RendererOptions } from './renderer.js';
import { followUntilEnded, isLive } from './until-ended.js';

export interface FollowIo {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly json: boolean;
  /** See {@link ViewOptions}; detected by default. */
  readonly command?: string;
  readonly serverCommand?: string;
  /** Printed at Ctrl-C. */
  readonly interruptMessage?: readonly string[];
  /** The method's output will be written to a file. */
  readonly writesOutput?: boolean;
}

/**
 * Shows a run until it ends or Ctrl-C is pressed, which does not stop the run.
 * @returns the exit code, see {@link followUntilEnded}, and the last snapshot
 */
export async function followRun(
  apprentice: Pick<Apprentice, 'uiUrl' | 'storeUrl'>,
  run: Run,
  io: FollowIo,
): Promise<{ readonly exitCode: number; readonly last?: RunSnapshot }> {
  const { stdout, stderr, json, serverCommand, writesOutput = false } = io;
  const command = io.command ?? commandName();
  const { uiUrl, storeUrl } = apprentice;
  const options: RendererOptions = {
    command,
    storeUrl,
    folder: process.cwd(),
    writesOutput,
    ...(serverCommand && { serverCommand }),
    ...(uiUrl && { uiUrl }),
  };
  const live = isLive(stdout, json);
  let renderer: Renderer | undefined;
  return followUntilEnded(run, {
    stderr,
    isLive: live,
    async show(snapshot: RunSnapshot) {
      renderer ??= await rendererOf(snapshot);
      renderer.show(snapshot);
    },
    end: (last) => renderer?.end(last),
    interruptMessage: io.interruptMessage ?? [
      `${run.runId} continues. Follow it again: ${command} follow ${run.runId}`,
    ],
  });

  async function rendererOf({ progress: { config } }: RunSnapshot): Promise<Renderer> {
    if (json) return jsonRenderer(stdout);
    const picture = await findPicture(config.data);
    const view = (await viewOf(config.method)) as MethodView<MethodName>;
    const all = { ...options, ...(picture && { picture }) };
    return live
      ? liveRenderer(stdout, view, all, !process.env['NO_COLOR'])
      : plainRenderer(stdout, stderr, view, all);
  }
}
