/** A worker to be killed: runs one activity in a child until then. */
import type { InputOf } from '../../../activities/activities.js';
import { runInChild } from '../../../worker/activity/run-in-child.js';

const [storeUrl, behaviour] = process.argv.slice(2);
await runInChild('trainModel', JSON.parse(behaviour!) as InputOf<'trainModel'>, {
  storeUrl: storeUrl!,
  signal: new AbortController().signal,
  onProgress: () => undefined,
  environment: process.env,
  graceMs: 1500,
  activities: new URL('./activities-for-tests.js', import.meta.url).href,
});
