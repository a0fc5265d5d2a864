// @ts-check
import { join } from 'node:path';
import { withLock } from '../lock.mjs';
import { fetchServer } from '../temporal/fetch-server.mjs';
import { cachedServer, findTemporalServer } from '../temporal/find-server.mjs';
import { alreadyDone } from './step.mjs';

/** @type {import('./step.mjs').Step} the Temporal CLI, which includes a development server */
export const temporalServer = {
  name: 'Temporal server',

  async inspect({ environment }) {
    const found = findTemporalServer(environment);
    if (found) return alreadyDone(found);
    // Go is needed only if the download fails.
    return { done: false, detail: 'fetching the Temporal CLI', needs: [], bytes: 2e9 };
  },

  async run(context, line) {
    const target = cachedServer(context.cache);
    await withLock(
      join(context.cache, 'locks', 'temporal-server'),
      async () => {
        if (!findTemporalServer(context.environment)) await fetchServer(target, context, line);
      },
      () => line.doing('waiting for another set-up that downloads the same'),
    );
    return findTemporalServer(context.environment) ?? target;
  },
};
