import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../cli/main.js', import.meta.url));

export interface Called {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The command as a person calls it.
 * @param home whose server and store it finds
 * @param onStart gets the means to send a signal
 */
export function callApprentice(
  home: string,
  args: readonly string[],
  onStart?: (kill: (signal: 'SIGINT') => void) => void,
): Promise<Called> {
  const environment = Object.entries(process.env).filter(([name]) => !/^(TEMPORAL|APPRENTICE)_/.test(name));
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...Object.fromEntries(environment), APPRENTICE_HOME: home },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (part) => (stdout += part));
  child.stderr.on('data', (part) => (stderr += part));
  onStart?.((signal) => child.kill(signal));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
}
