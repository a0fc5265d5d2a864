/** The child process of {@link runEngineTask}: runs one task and sends its result. */
import { moduleFoldersOf } from '../../domain/module-folders.js';
import { allowModulesIn } from '../../learning/models/allowed-modules.js';
import { serializeError } from '../../worker/activity/serialized-error.js';
import { type EngineResult, type EngineTasks, tasks } from './tasks.js';

process.once('message', async ({ name, input }: { name: keyof EngineTasks; input: never }) => {
  process.send?.(await run(name, input));
});

async function run(name: keyof EngineTasks, input: never): Promise<EngineResult<keyof EngineTasks>> {
  try {
    allowModulesIn(moduleFoldersOf(process.env));
    return { kind: 'done', output: await tasks[name](input) };
  } catch (error) {
    return { kind: 'failed', error: serializeError(error) };
  }
}
