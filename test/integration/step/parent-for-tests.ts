/** A worker to be killed: runs one step in a child until then. */
import type { StepInputOf } from '../../../activities/run-step.js';
import { runInChild } from '../../../worker/step/run-in-child.js';

const [storeUrl, behaviour] = process.argv.slice(2);
await runInChild('trainModel', JSON.parse(behaviour!) as StepInputOf<'trainModel'>, {
  storeUrl: storeUrl!,
  signal: new AbortController().signal,
  onProgress: () => undefined,
  environment: process.env,
  graceMs: 1500,
  steps: new URL('./steps-for-tests.js', import.meta.url).href,
});
