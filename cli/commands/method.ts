import type { z } from 'zod';
import { readConfig } from '../../client/config-file.js';
import type { RunBase } from '../../domain/config/base.js';
import { METHOD_CONFIGS } from '../../domain/method-types.js';
import type { MethodName } from '../../domain/methods.js';
import { expectOutput } from '../methods/expect-output.js';
import { followMethod } from '../methods/follow-method.js';
import { saveOutput } from '../methods/outputs.js';
import { sayStarted } from '../say-started.js';
import { withApprentice } from '../with-apprentice.js';

export interface MethodOptions {
  readonly set: readonly string[];
  readonly id?: string;
  readonly detach?: boolean;
  readonly json?: boolean;
  /** File or folder for what the method makes, where it makes some. */
  readonly out?: string;
}

/** `apprentice transfer CONFIG`, and the same of every other method. */
export async function runMethod(method: MethodName, file: string, options: MethodOptions): Promise<void> {
  // What is its own is read by its own workflow.
  const schema = METHOD_CONFIGS[method] as unknown as z.ZodType<RunBase>;
  const config = await readConfig(schema, file, options.set);
  if (options.out !== undefined) await expectOutput(method, options.out);
  await withApprentice(async (apprentice) => {
    const started = await apprentice.beginChecked(method, config, options.id ? { runId: options.id } : {});
    if (options.detach) return sayStarted(started.runId, options);
    const { json = false, out } = options;
    const { exitCode, last } = await followMethod(started, process, { json, isTaken: out !== undefined });
    process.exitCode = exitCode;
    const report = last?.outcome?.report;
    if (report && out !== undefined) await saveOutput(report, out, apprentice.storeUrl);
  });
}
