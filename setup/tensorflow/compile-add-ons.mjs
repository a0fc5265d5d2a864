// @ts-check
import { join } from 'node:path';
import { runCommand } from '../command.mjs';
import { messageOf, SetupError } from '../setup-error.mjs';
import { replaceFolder } from '../temporary-folder.mjs';

/**
 * @typedef {object} CompilePaths
 * @property {string[]} sources
 * @property {string} includes the folder of the headers beside the sources
 * @property {string} headers TensorFlow's
 * @property {string} nodeHeaders Node-API's
 * @property {string} libraries TensorFlow's
 * @property {string} output
 */

/**
 * @param {CompilePaths} paths
 * @param {NodeJS.Platform} [platform]
 * @returns {string[]} arguments for g++ or clang++
 */
export function compileArguments(
  { sources, includes, headers, nodeHeaders, libraries, output },
  platform = process.platform,
) {
  const mac = platform === 'darwin';
  /** @param {string} name */
  const library = (name) => join(libraries, mac ? `lib${name}.2.dylib` : `lib${name}.so.2`);
  return [
    ...['-std=c++17', '-O2', '-fPIC', '-DNAPI_VERSION=8', '-DNODE_GYP_MODULE_NAME=apprentice', '-w'],
    ...(mac ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared']),
    ...[`-I${includes}`, `-I${headers}`, `-I${nodeHeaders}`],
    ...sources,
    ...[library('tensorflow_cc'), library('tensorflow_framework')],
    // The add-on lies in lib/napi-v8/ of the npm package, the libraries are linked as deps/lib.
    `-Wl,-rpath,${mac ? '@loader_path' : '$ORIGIN'}/../../deps/lib`,
    ...['-o', output],
  ];
}

/**
 * Compiles all add-ons into one new folder; on failure there is no folder.
 *
 * @param {string} folder in the cache
 * @param {{file: string, paths: Omit<CompilePaths, 'output'>}[]} addOns
 * @param {{compiler: import('../toolchain.mjs').Compiler, environment: NodeJS.ProcessEnv}} options
 */
export async function compileAddOns(folder, addOns, { compiler, environment }) {
  const [command, ...given] = compiler.command;
  await replaceFolder(folder, async (temporary) => {
    try {
      for (const { file, paths } of addOns) {
        const output = join(temporary, file);
        await runCommand(command, [...given, ...compileArguments({ ...paths, output })], { environment });
      }
    } catch (error) {
      throw new SetupError(
        `${messageOf(error)}\n\nThe TensorFlow bindings did not compile with ${compiler.version}. It needs C++17 (g++ 8 or clang++ 7, or later); ` +
          'set the environment variable CXX to choose another compiler.',
        { cause: error },
      );
    }
  });
}
