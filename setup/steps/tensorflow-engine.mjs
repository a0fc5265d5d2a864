// @ts-check
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from '../lock.mjs';
import { doctorCommand, packageFolder, setupCommandWith } from '../project.mjs';
import { messageOf, SetupError } from '../setup-error.mjs';
import { chooseEngine } from '../tensorflow/choose-engine.mjs';
import { compileAddOns } from '../tensorflow/compile-add-ons.mjs';
import {
  ADD_ONS,
  engineParts,
  isUnpacked,
  SESSION_SOURCE,
  TENSORFLOW_PACKAGE,
} from '../tensorflow/engine-parts.mjs';
import { isLinked, linkEngine, readStamp, stampEngine } from '../tensorflow/link-engine.mjs';
import { tryEngine } from '../tensorflow/try-engine.mjs';
import { unpackEngine } from '../tensorflow/unpack-engine.mjs';
import { findCompiler, findPython } from '../toolchain.mjs';
import { alreadyDone } from './step.mjs';

/**
 * @typedef {import('./step.mjs').Context} Context
 * @typedef {import('../progress.mjs').Line} Line
 * @typedef {import('../tensorflow/engine-parts.mjs').EngineParts} EngineParts
 */

/** @type {import('./step.mjs').Step} */
export const tensorflowEngine = {
  name: 'TensorFlow engine',

  async inspect(context) {
    const { folder, kind, parts } = wanted(context);
    const unpacked = isUnpacked(parts.folder);
    const compiled = existsSync(parts.addOns);
    if (folder && unpacked && compiled && isLinked(folder, parts)) {
      return alreadyDone(`TensorFlow ${readStamp(folder)?.tensorflow} (${kind})`);
    }
    return {
      done: false,
      detail: unpacked
        ? `link TensorFlow ${parts.release.version}`
        : `fetch TensorFlow ${parts.release.version} (${kind})`,
      needs: [
        ...(unpacked ? [] : [/** @type {const} */ ('python')]),
        ...(compiled ? [] : [/** @type {const} */ ('compiler')]),
      ],
      bytes: unpacked ? 0 : parts.release.bytesNeeded,
    };
  },

  async run(context, line) {
    const { folder, kind, parts } = wanted(context);
    if (!folder) {
      throw new SetupError(
        `${TENSORFLOW_PACKAGE} is not installed beside ${context.project.root}. Run \`npm install\` again.`,
      );
    }
    const waiting = () => line.doing('waiting for another set-up that downloads the same');
    const isFresh = await withLock(parts.lock, () => fillCache(context, parts, folder, line), waiting);
    const report = await linkAndTry(context, parts, folder, line).catch(async (error) => {
      // A cached add-on may come from another machine (a shared home): compile it once more.
      if (isFresh) throw error;
      await rm(parts.addOns, { recursive: true, force: true });
      await withLock(parts.lock, () => fillCache(context, parts, folder, line), waiting);
      return linkAndTry(context, parts, folder, line);
    });
    if (kind === 'gpu' && !report.usesGpu) {
      throw new SetupError(
        `The GPU engine loads, but TensorFlow sees no GPU: \`nvidia-smi\` should list one. \`${setupCommandWith(context.project, '--cpu')}\` returns to the CPU engine.`,
      );
    }
    await stampEngine(folder, parts, kind, report.tensorflow);
    return `TensorFlow ${report.tensorflow} (${kind}) loads and computes`;
  },
};

/**
 * @param {string} root of the project
 * @returns {string | undefined} the kind of the engine that last worked there
 */
export function linkedEngine(root) {
  const folder = packageFolder(root, TENSORFLOW_PACKAGE);
  return folder ? readStamp(folder)?.kind : undefined;
}

/** @param {Context} context */
function wanted({ project, cache, environment, engine }) {
  const folder = packageFolder(project.root, TENSORFLOW_PACKAGE);
  const kind = chooseEngine(engine, environment, linkedEngine(project.root));
  return { folder, kind, parts: engineParts(cache, project, kind) };
}

/**
 * @param {Context} context
 * @param {EngineParts} parts
 * @param {string} folder
 * @param {Line} line
 * @returns {Promise<boolean>} whether the add-on was compiled just now
 */
async function fillCache({ project, cache, environment }, parts, folder, line) {
  if (!isUnpacked(parts.folder)) {
    const python = await findPython(environment);
    if (!python) throw new SetupError('Python 3 is no longer on PATH.');
    await unpackEngine(parts, { wheelFolder: join(cache, 'wheels'), python: python.path, environment, line });
  }
  if (existsSync(parts.addOns)) return false;
  const compiler = await findCompiler(environment);
  if (!compiler)
    throw new SetupError(
      `A C++17 compiler is needed for the bindings of TensorFlow; none was found. \`${doctorCommand(project)}\` says how to install one.`,
    );
  const nodeHeaders = packageFolder(project.root, 'node-api-headers');
  if (!nodeHeaders)
    throw new SetupError(
      `node-api-headers is not installed beside ${project.root}. Run \`npm install\` again.`,
    );
  line.doing('compiling the bindings');
  const binding = join(folder, 'binding');
  const shared = {
    includes: binding,
    headers: parts.headers,
    nodeHeaders: join(nodeHeaders, 'include'),
    libraries: parts.libraries,
  };
  const sources = [
    ['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => join(binding, file)),
    [join(project.root, SESSION_SOURCE)],
  ];
  const addOns = ADD_ONS.map((file, index) => ({
    file,
    paths: { ...shared, sources: sources[index] ?? [] },
  }));
  await compileAddOns(parts.addOns, addOns, { compiler, environment });
  return true;
}

/**
 * @param {Context} context
 * @param {EngineParts} parts
 * @param {string} folder
 * @param {Line} line
 */
async function linkAndTry({ project, environment }, parts, folder, line) {
  line.doing('linking');
  await linkEngine(folder, parts);
  line.doing('loading it');
  try {
    return await tryEngine(project.root, environment);
  } catch (error) {
    throw new SetupError(
      `${messageOf(error)}\n\nThe TensorFlow engine is installed but does not run; \`${doctorCommand(project)}\` may show why.`,
      { cause: error },
    );
  }
}
