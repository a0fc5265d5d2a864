import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { deserializeError } from '../../worker/step/serialized-error.js';
import type { EngineAnswer, EngineTasks } from './tasks.js';

const CHILD = fileURLToPath(new URL('./child.js', import.meta.url));
const LAST_WORDS = 2000;

/**
 * Does something with TensorFlow in a process of its own: the library greets and warns on the error output
 * whatever it is told, and a command's output is not its place. What it said is shown where it dies of it.
 */
export function askEngine<Name extends keyof EngineTasks>(
  name: Name,
  input: Parameters<EngineTasks[Name]>[0],
): Promise<Awaited<ReturnType<EngineTasks[Name]>>> {
  const child = fork(CHILD, [], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], serialization: 'advanced' });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-LAST_WORDS);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('message', (answer: EngineAnswer<Name>) => {
      if (answer.kind === 'done') resolve(answer.output);
      else reject(deserializeError(answer.error));
      child.disconnect();
    });
    child.once('close', (code, signal) => {
      const how = signal ? `ended by ${signal}` : `exit code ${code}`;
      reject(new Error(`TensorFlow's process ended (${how}) before it answered\n${said}`.trimEnd()));
    });
    child.send({ name, input });
  });
}
