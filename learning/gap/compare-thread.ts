/** Worker thread of {@link compareInThread}. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Comparison, compareFeatures } from './compare-features.js';

parentPort!.postMessage(await compareFeatures(workerData as Comparison));
