import { createServer } from 'node:net';
import { ConfigurationError } from '../../domain/errors.js';
import { sha256 } from '../../domain/hash.js';

const IP = '127.0.0.1';
/** Below the ports that systems give to connections. */
const OWN = { first: 20_000, count: 10_000 } as const;

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

/**
 * A free port that a home gets again at its next start, unless another process has taken it: whoever was connected to
 * its server finds it there.
 */
export async function ownPort(namespace: string): Promise<number> {
  const offset = Number.parseInt(sha256(namespace).slice(0, 8), 16) % OWN.count;
  return (await tryPort(OWN.first + offset)) ?? freePort();
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
