// @ts-check
/** The first server that supports workflow updates without extra configuration. */
const OLDEST = [1, 25];

/**
 * @param {string} text such as "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"
 * @returns {{server: string, isRecentEnough: boolean} | undefined} undefined if that isn't Temporal's CLI
 */
export function parseServerVersion(text) {
  const server = /^temporal version .*\bserver (\d+\.\d+[.\w-]*)/i.exec(text)?.[1];
  if (!server) return undefined;
  const [major = 0, minor = 0] = server.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
  return { server, isRecentEnough: major > oldestMajor || (major === oldestMajor && minor >= oldestMinor) };
}

export const OLDEST_SERVER = OLDEST.join('.');
