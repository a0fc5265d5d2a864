// @ts-check
/**
 * `node download-with-sdk.mjs <project root> <folder>`: lets Temporal's SDK download its CLI into the folder and
 * start it once. Runs in its own process, because the SDK's download can't be cancelled.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [root = '.', downloadDir = '.'] = process.argv.slice(2);
const load = createRequire(join(root, 'package.json'));
const { TestWorkflowEnvironment } = load('@temporalio/testing');

const server = await TestWorkflowEnvironment.createLocal({
  server: { executable: { type: 'cached-download', downloadDir } },
});
await server.teardown();
