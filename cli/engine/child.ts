/** The process of {@link askEngine}: one task, one answer. */
import { serializeError } from '../../worker/step/serialized-error.js';
import { type EngineAnswer, type EngineTasks, tasks } from './tasks.js';

process.once('message', async ({ name, input }: { name: keyof EngineTasks; input: never }) => {
  process.send?.(await answer(name, input));
});

async function answer(name: keyof EngineTasks, input: never): Promise<EngineAnswer<keyof EngineTasks>> {
  try {
    return { kind: 'done', output: await tasks[name](input) };
  } catch (error) {
    return { kind: 'failed', error: serializeError(error) };
  }
}
