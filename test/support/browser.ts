import type { TestContext } from 'node:test';
import packedChromium from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

/**
 * A real Chromium, in which all names under `.example` are this machine; it ends with the test. Where none can run, the
 * test is skipped with a warning: except on Linux, for which the packages bring one.
 */
export async function launchBrowser(t: TestContext): Promise<Browser | undefined> {
  try {
    const isPacked = process.platform === 'linux' && process.arch === 'x64';
    const executable =
      process.env['APPRENTICE_CHROMIUM'] ?? (isPacked && (await packedChromium.executablePath()));
    const browser = await chromium.launch({
      ...(executable ? { executablePath: executable } : { channel: 'chrome' }),
      // Not the arguments that come with the packed one: they turn web security off.
      args: ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP *.example 127.0.0.1'],
    });
    t.after(() => browser.close());
    return browser;
  } catch (error) {
    if (process.platform === 'linux' && process.arch === 'x64') throw error;
    const reason = `NOT TESTED: no Chromium runs here; install Chrome or set APPRENTICE_CHROMIUM (${(error as Error).message})`;
    process.stderr.write(`\n!!! ${t.name}: ${reason}\n\n`);
    t.skip(reason);
    return undefined;
  }
}
