/** A web page of another origin tries to start a workflow through every port of the private server. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import type { Browser, Page } from 'playwright-core';
import { readServerFile } from '../../../connection/server-file.js';
import { findTemporalServer } from '../../../setup/temporal/find-server.mjs';
import { type FromProgram, forkProgram } from '../../../worker/supervisor/child-processes.js';
import { freePort } from '../../../worker/supervisor/free-port.js';
import { launchBrowser } from '../../support/browser.js';
import { listeningPorts } from '../../support/listening-ports.js';
import { newHome, startPrivateServer } from '../../support/private-server.js';

const START = { workflowType: { name: 'run' }, taskQueue: { name: 'apprentice' } };
const ATTACKS = ['fetch', 'form', 'rebound', 'grpc-web'] as const;

/** The id of the workflow that an attack would start. */
const idOf = (attack: string, port: number) => `${attack}-${port}`;
const pathOf = (namespace: string, id: string) => `/api/v1/namespaces/${namespace}/workflows/${id}`;
const GRPC_PATH = '/temporal.api.workflowservice.v1.WorkflowService/StartWorkflowExecution';

/** A page of an origin that has nothing to do with Temporal. */
async function attacker(t: TestContext): Promise<string> {
  const server = createServer((_, response) =>
    response.setHeader('Content-Type', 'text/html').end('<p>cats</p>'),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return `http://cats.example:${(server.address() as AddressInfo).port}/`;
}

/** All that a page can try at one port. Its own errors don't count: a browser may send a request and hide the answer. */
async function attack(browser: Browser, site: string, port: number, namespace: string): Promise<void> {
  for (const tryIt of [requests, form, rebound]) {
    const page = await browser.newPage();
    await page.goto(site);
    await tryIt(page, port, namespace);
    await page.close();
  }
}

/** Without asking the server for permission, as a page of another origin may. */
async function requests(page: Page, port: number, namespace: string): Promise<void> {
  const api = `http://127.0.0.1:${port}`;
  await page.evaluate(
    async ([url, grpc, body]) => {
      const signal = AbortSignal.timeout(3_000);
      const plain = {
        method: 'POST',
        mode: 'no-cors',
        headers: { 'Content-Type': 'text/plain' },
        signal,
      } as const;
      await fetch(url!, { ...plain, body: body! }).catch(() => undefined);
      await fetch(grpc!, { ...plain, body: body! }).catch(() => undefined);
    },
    [
      api + pathOf(namespace, idOf('fetch', port)),
      api + GRPC_PATH,
      JSON.stringify({ ...START, namespace, workflowId: idOf('grpc-web', port) }),
    ],
  );
}

/** A form's text/plain body is NAME=VALUE. */
async function form(page: Page, port: number, namespace: string): Promise<void> {
  const [name, value] = JSON.stringify({ ...START, requestId: '=' }).split('=') as [string, string];
  await page.setContent(
    `<form method="post" enctype="text/plain" action="http://127.0.0.1:${port}${pathOf(namespace, idOf('form', port))}"><input></form>`,
  );
  await page.$eval(
    'form',
    (form: { elements: ArrayLike<object>; submit(): void }, [name, value]) => {
      Object.assign(form.elements[0]!, { name, value });
      form.submit();
    },
    [name, value],
  );
  await page.waitForTimeout(150);
}

/** The name of the page's own server leads to this machine by now: the request is of the same origin. */
async function rebound(page: Page, port: number, namespace: string): Promise<void> {
  await page
    .goto(`http://rebound.example:${port}/api/v1/settings`, { timeout: 3_000 })
    .catch(() => undefined);
  if (!page.url().startsWith('http://rebound.example')) return;
  await page
    .evaluate(
      async ([path, body]) => {
        const cookie = (globalThis as unknown as { document: { cookie: string } }).document.cookie;
        const token = /_csrf=([^;]*)/.exec(cookie)?.[1] ?? '';
        const headers = { 'Content-Type': 'application/json', 'X-CSRF-TOKEN': token };
        await fetch(path!, { method: 'POST', headers, body: body!, signal: AbortSignal.timeout(3_000) });
      },
      [pathOf(namespace, idOf('rebound', port)), JSON.stringify(START)],
    )
    .catch(() => undefined);
}

/** The attacks that started a workflow. */
async function started(address: string, namespace: string, ports: readonly number[]): Promise<string[]> {
  const connection = await Connection.connect({ address });
  const ids = ports.flatMap((port) => ATTACKS.map((name) => idOf(name, port)));
  const found = await Promise.all(
    ids.map((workflowId) =>
      connection.workflowService
        .describeWorkflowExecution({ namespace, execution: { workflowId } })
        .then(() => [workflowId])
        .catch((error: { code?: number }) => {
          assert.equal(error.code, 5, 'expected NOT_FOUND');
          return [];
        }),
    ),
  );
  await connection.close();
  return found.flat();
}

test('a web page can start no workflow through any port of the private server', async (t) => {
  const home = await newHome(t);
  const { address, namespace } = await startPrivateServer(t, home);
  const listeners = listeningPorts(readServerFile(home)!.server!.pid);
  assert.ok(listeners.length >= 3, JSON.stringify(listeners));
  assert.deepEqual([...new Set(listeners.map(({ ip }) => ip))], ['127.0.0.1']);
  const ports = listeners.map(({ port }) => port);
  const namespaces = ['default', namespace];

  await t.test('with any host name, origin and content type', async () => {
    await Promise.all(ports.map((port) => tryHosts(port, namespace)));
    assert.deepEqual(await started(address, namespace, ports), []);
  });
  await t.test('in a real browser', async (t) => {
    const browser = await launchBrowser(t);
    if (!browser) return;
    const site = await attacker(t);
    await Promise.all(
      ports.map(async (port) => {
        for (const target of namespaces) await attack(browser, site, port, target);
      }),
    );
    for (const target of namespaces) assert.deepEqual(await started(address, target, ports), []);
  });
});

async function tryHosts(port: number, namespace: string): Promise<void> {
  const hosts = ['cats.example', 'localhost', '127.0.0.1', '[::1]', '', 'no-host.invalid.cats.example'];
  const types = ['text/plain', 'application/json', 'application/grpc-web+json'];
  await Promise.all(
    hosts.flatMap((host) =>
      types.flatMap((type) => [
        post(port, pathOf(namespace, idOf('fetch', port)), host, type, START),
        post(port, GRPC_PATH, host, type, { ...START, namespace, workflowId: idOf('grpc-web', port) }),
      ]),
    ),
  );
}

/** Sends a request as no browser has to; errors don't count. */
function post(port: number, path: string, host: string, type: string, body: object): Promise<void> {
  return new Promise((resolve) => {
    const headers = { Host: host, Origin: 'http://cats.example', 'Content-Type': type };
    const asked = request(
      { host: '127.0.0.1', port, path, method: 'POST', headers, timeout: 2_000 },
      (answer) => answer.resume(),
    );
    asked.once('timeout', () => asked.destroy());
    asked.once('error', () => resolve());
    asked.once('close', () => resolve());
    asked.end(JSON.stringify(body));
  });
}

test('the same page starts workflows on a development server as it comes', async (t) => {
  const browser = await launchBrowser(t);
  if (!browser) return;
  const [port, uiPort, httpPort] = [await freePort(), await freePort(), await freePort()];
  const options = `--ip 127.0.0.1 --port ${port} --ui-port ${uiPort} --http-port ${httpPort} --log-level never`;
  const server = forkProgram(
    findTemporalServer(process.env)!,
    ['server', 'start-dev', ...options.split(' ')],
    process.env,
  );
  const [{ pid }] = (await once(server, 'message')) as [FromProgram];
  t.after(() => server.kill());
  const isUp = () => {
    const open = listeningPorts(pid).map((listener) => listener.port);
    return [port, uiPort, httpPort].every((wanted) => open.includes(wanted));
  };
  for (const deadline = Date.now() + 30_000; !isUp(); await sleep(100)) assert.ok(Date.now() < deadline);
  const site = await attacker(t);
  for (const target of [httpPort, uiPort]) await attack(browser, site, target, 'default');
  const found = await started(`127.0.0.1:${port}`, 'default', [httpPort, uiPort]);
  assert.deepEqual(found, [
    ...['fetch', 'form', 'rebound'].map((name) => idOf(name, httpPort)),
    idOf('rebound', uiPort),
  ]);
});
