// @ts-check
import { runCommand } from '../command.mjs';
import { spaceProblem } from '../disk-space.mjs';
import { findExecutable } from '../executable.mjs';
import { folderSize, freeSpace } from '../folder-size.mjs';
import { nodeVersionProblem } from '../node-version.mjs';
import { setupCommandWith } from '../project.mjs';
import { sizeText } from '../quantities.mjs';
import { messageOf } from '../setup-error.mjs';
import { ok, problem, warning } from './finding.mjs';

/** @typedef {import('./finding.mjs').Finding} Finding */

/** Space for checkpoints, packed data and the server's database, besides what set-up needs. */
const ROOM_TO_WORK = 2e9;

/**
 * @param {string} version
 * @returns {Finding}
 */
export function examineNode(version) {
  const wrong = nodeVersionProblem(version);
  return wrong
    ? problem('Node.js', version, wrong)
    : ok('Node.js', `${version} on ${process.platform}-${process.arch}`);
}

/**
 * @param {NodeJS.ProcessEnv} environment
 * @param {string | undefined} engine kind of engine that is set up
 * @param {import('../project.mjs').Project} project
 * @returns {Promise<Finding>}
 */
export async function examineGpu(environment, engine, project) {
  const path = findExecutable('nvidia-smi', environment);
  if (!path) return ok('GPU', 'none (no nvidia-smi on PATH); training runs on the CPU');
  const query = ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader'];
  try {
    const said = await runCommand(path, query, { environment, timeoutMs: 30_000 });
    const cards = said.split('\n').filter(Boolean).join('; ');
    if (!cards) return ok('GPU', 'nvidia-smi lists none; training runs on the CPU');
    if (engine === 'gpu') return ok('GPU', cards);
    const advice = `\`${setupCommandWith(project, '--gpu')}\` sets up the GPU engine.`;
    return warning('GPU', `${cards}; not used, because the CPU engine is set up`, advice);
  } catch (error) {
    const advice =
      'Check the NVIDIA driver: `nvidia-smi` should list the GPU. Without it, training runs on the CPU.';
    return warning('GPU', messageOf(error), advice);
  }
}

/**
 * @param {string} cache
 * @param {string} root of the project
 * @param {{cacheBytes: number, projectBytes: number}} pending bytes that set-up still has to write
 * @returns {Promise<Finding>}
 */
export async function examineDisk(cache, root, { cacheBytes, projectBytes }) {
  const [size, free] = await Promise.all([folderSize(cache), freeSpace(cache)]);
  const detail = `cache ${cache} holds ${sizeText(size)}; ${sizeText(free)} free`;
  const tooSmall = await spaceProblem([
    { folder: cache, bytes: cacheBytes },
    { folder: root, bytes: projectBytes },
  ]);
  if (tooSmall) return problem('Disk', detail, tooSmall);
  const room = await freeSpace(root);
  if (room >= ROOM_TO_WORK) return ok('Disk', detail);
  return warning(
    'Disk',
    `${detail}; ${sizeText(room)} free for ${root}`,
    'Free some space before long runs.',
  );
}
