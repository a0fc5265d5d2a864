import { createServer } from 'node:net';
import { ConfigurationError } from '../../domain/errors.js';

const IP = '127.0.0.1';

/**
 * The port that the user asked for, or any free one for 0.
 * @param option for the error: `--port`
 * @throws ConfigurationError if another process has it
 */
export async function wantedPort(option: string, port: number): Promise<number> {
  const free = await tryPort(port);
  if (free !== undefined) return free;
  throw new ConfigurationError(
    `${option}: received ${port}, which another process has: choose another port, or ${option} 0 for any free one`,
  );
}

/** Any free port. */
export async function freePort(): Promise<number> {
  return (await tryPort(0))!;
}

/** Undefined if another process has the port. */
export function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, IP, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
