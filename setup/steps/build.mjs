// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expectedOutputs, removeStaleOutputs } from '../build/build-outputs.mjs';
import { sourceFiles } from '../build/source-files.mjs';
import { runCommand } from '../command.mjs';
import { hashOfFiles } from '../hash.mjs';
import { replaceWithText } from '../replace-path.mjs';
import { messageOf, SetupError } from '../setup-error.mjs';
import { alreadyDone } from './step.mjs';

const TYPESCRIPT = ['node_modules', 'typescript', 'bin', 'tsc'];
/** Outputs of compiled scripts. `output` is relative to dist, for outputs inside dist. */
const GENERATORS = [
  {
    script: 'setup/build/compile-kernels.mjs',
    activity: 'compiling the kernels',
    output: 'learning/augmentation/kernels/binary.js',
  },
  {
    script: 'worker/bundle-workflows.ts',
    activity: 'bundling the workflows',
    output: 'worker/workflow-bundle.js',
  },
  { script: 'cli/write-schema.ts', activity: 'writing the configuration schema' },
];
/** Besides the sources, these files determine the build's output. */
const CONFIGURATION = ['package.json', 'package-lock.json', 'tsconfig.json'];

/** @type {import('./step.mjs').Step} dist/ of a checkout */
export const build = {
  name: 'Build',

  async inspect({ project: { root } }) {
    const { hash, missing } = await stateOf(root);
    if (!missing && readStamp(root) === hash) return alreadyDone('dist is up to date');
    return { done: false, detail: 'compiling', needs: [], bytes: 0, projectBytes: 50e6 };
  },

  async run({ project: { root }, environment }, line) {
    const { hash, missing, sources } = await stateOf(root);
    // No stamp until everything is built again.
    await rm(stampPath(root), { force: true });
    // The incremental compiler doesn't notice removed outputs.
    if (missing) await rm(join(root, 'dist', '.tsbuildinfo'), { force: true });

    line.doing('compiling');
    await compile(root, environment);
    const removed = await removeStaleOutputs(
      root,
      GENERATORS.map(({ output }) => output),
    );
    for (const { script, activity } of GENERATORS) {
      if (!existsSync(join(root, script))) continue;
      line.doing(activity);
      const compiled = join(root, 'dist', ...expectedOutputs(script));
      await runCommand(process.execPath, [compiled], { folder: root, environment });
    }
    await replaceWithText(stampPath(root), `${hash}\n`);
    return `${sources.length} sources compiled${removed > 0 ? `, ${removed} stale file${removed > 1 ? 's' : ''} removed` : ''}`;
  },
};

/**
 * @param {string} root
 * @param {NodeJS.ProcessEnv} environment
 */
async function compile(root, environment) {
  try {
    await runCommand(process.execPath, [join(root, ...TYPESCRIPT), '-p', 'tsconfig.json'], {
      folder: root,
      environment,
    });
  } catch (error) {
    throw new SetupError(
      `${messageOf(error)}\n\nThe sources do not compile; \`npx tsc -p tsconfig.json\` shows all the errors.`,
      { cause: error },
    );
  }
}

/** @param {string} root */
async function stateOf(root) {
  const sources = await sourceFiles(root);
  const hash = await hashOfFiles(root, [...sources, ...CONFIGURATION]);
  const generated = GENERATORS.flatMap(({ script, output }) =>
    output && sources.includes(script) ? [output] : [],
  );
  const expected = [...sources.flatMap(expectedOutputs), ...generated];
  const missing = expected.some((output) => !existsSync(join(root, 'dist', output)));
  return { sources, hash, missing };
}

/** @param {string} root */
function stampPath(root) {
  return join(root, 'dist', '.build-stamp');
}

/** @param {string} root */
function readStamp(root) {
  try {
    return readFileSync(stampPath(root), 'utf8').trim();
  } catch {
    return undefined;
  }
}
