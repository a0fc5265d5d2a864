import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Without these, the dev server's HTTP API takes requests from pages of any origin: a browser sends a plain POST before
 * it asks for permission. The API can't be turned off, so it takes requests for a host that no page can name. Nexus, the
 * other service of that port, checks no host.
 */
export const HTTP_FLAGS: readonly string[] = [
  ...['--dynamic-config-value', 'frontend.httpAllowedHosts=["no-host.invalid"]'],
  ...['--dynamic-config-value', 'system.enableNexus=false'],
];

const FORBIDDEN = 403;

/** Whether the HTTP API of a server refuses requests, as the flags ask for: older servers ignore them. */
export async function refusesWebPages(port: number, deadline: number): Promise<boolean> {
  for (;;) {
    try {
      return (await statusOf(port)) === FORBIDDEN;
    } catch (error) {
      // It listens a moment after the gRPC port.
      if (Date.now() > deadline) throw error;
      await sleep(100);
    }
  }
}

function statusOf(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: '/api/v1/namespaces' }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.once('error', reject);
    asked.end();
  });
}
