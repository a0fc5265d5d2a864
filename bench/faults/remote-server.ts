import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NativeConnection } from '@temporalio/worker';
import { findTemporalServer } from '../../setup/temporal/find-server.mjs';
import { registerSearchAttributes } from '../../worker/search-attributes.js';
import { forkProgram } from '../../worker/supervisor/child-processes.js';
import { freePort } from '../../worker/supervisor/free-port.js';
import { KeptAlive } from '../../worker/supervisor/keep-alive.js';

const STOP_MS = 10_000;
const READY_MS = 60_000;

/** A Temporal server that nobody's `up` has started, as those of a company; it is started again when it dies. */
export class RemoteServer {
  private constructor(
    private readonly process: KeptAlive,
    readonly port: number,
  ) {}

  static async start(folder: string, environment: Readonly<Record<string, string>>): Promise<RemoteServer> {
    const executable = findTemporalServer({ ...environment });
    if (!executable) throw new Error('there is no Temporal server: run `npm run setup`');
    const port = await freePort();
    const flags = `server start-dev --ip 127.0.0.1 --port ${port} --headless --log-level error`.split(' ');
    const args = [...flags, '--db-filename', join(folder, 'server.db')];
    const process = new KeptAlive({
      name: 'temporal',
      graceMs: STOP_MS,
      start: () => forkProgram(executable, args, environment),
      onEvent: () => undefined,
    });
    await prepare(`127.0.0.1:${port}`);
    return new RemoteServer(process, port);
  }

  stop(): Promise<void> {
    return this.process.stop();
  }
}

async function prepare(address: string): Promise<void> {
  for (const deadline = Date.now() + READY_MS; ; await sleep(200)) {
    const connection = await NativeConnection.connect({ address }).catch(() => undefined);
    try {
      if (connection) return await registerSearchAttributes(connection, 'default');
    } catch (error) {
      // It answers before its namespace exists.
      if (Date.now() > deadline) throw error;
    } finally {
      await connection?.close();
    }
    if (Date.now() > deadline) throw new Error(`no Temporal server answers at ${address}`);
  }
}
