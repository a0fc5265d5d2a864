import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../../worker/activity/child-environment.js';
import { deserializeError } from '../../worker/activity/serialized-error.js';
import type { EngineResult, EngineTasks } from './tasks.js';

const CHILD = fileURLToPath(new URL('./child.js', import.meta.url));
const MOST_ERROR_OUTPUT = 2000;

/**
 * Runs a task with TensorFlow in a child process. TensorFlow always logs to the standard error, which would mix with the
 * output of a command; here the log is only part of the error if the process dies.
 */
export function runEngineTask<Name extends keyof EngineTasks>(
  name: Name,
  input: Parameters<EngineTasks[Name]>[0],
): Promise<Awaited<ReturnType<EngineTasks[Name]>>> {
  const child = fork(CHILD, [], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
    env: childEnvironment(process.env),
  });
  let log = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-MOST_ERROR_OUTPUT);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('message', (result: EngineResult<Name>) => {
      if (result.kind === 'done') resolve(result.output);
      else reject(deserializeError(result.error));
      child.disconnect();
    });
    child.once('close', (code, signal) => {
      const how = signal ? `ended by ${signal}` : `exit code ${code}`;
      reject(new Error(`TensorFlow's process ended (${how}) before it returned a result\n${log}`.trimEnd()));
    });
    child.send({ name, input });
  });
}
