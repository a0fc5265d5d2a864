import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { makeHome } from '../../connection/home-folder.js';
import { homeNamespace } from '../../connection/home-namespace.js';
import { type Home, homeOf } from '../../domain/home.js';
import { type DevServer, startDevServer } from '../../worker/supervisor/dev-server.js';
import { claimHome, type HomeClaim } from '../../worker/supervisor/home-claim.js';
import type { ProcessEvent } from '../../worker/supervisor/keep-alive.js';

/** A home of its own, removed after the test. */
export async function newHome(t: TestContext): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-home-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const home = homeOf({}, join(folder, 'home'));
  makeHome(home);
  return home;
}

export interface PrivateServer extends DevServer {
  readonly namespace: string;
  readonly events: readonly ProcessEvent[];
  readonly notices: readonly string[];
}

/** The private server of a home, as `up` starts it, without workers; it ends with the test. */
export async function startPrivateServer(
  t: TestContext,
  home: Home,
  ports: { readonly port?: number; readonly uiPort?: number } = { port: 0 },
): Promise<PrivateServer> {
  const events: ProcessEvent[] = [];
  const notices: string[] = [];
  const onNotice = (notice: string) => void notices.push(notice);
  const namespace = homeNamespace(home);
  const claim = (await claimHome(home, namespace, onNotice)) as HomeClaim;
  const server = await startDevServer({
    ...ports,
    home,
    namespace,
    claim,
    environment: process.env,
    onEvent: (event) => void events.push(event),
    onNotice,
  });
  t.after(() => server.stop());
  return { ...server, namespace, events, notices };
}
