// @ts-check
import { basename, dirname, join } from 'node:path';
import { makeAside } from '../aside.mjs';
import { runCommand } from '../command.mjs';
import { messageOf, SetupError } from '../setup-error.mjs';

/**
 * @typedef {object} CompilePaths
 * @property {string} sources tfjs-node's binding/ folder
 * @property {string} headers TensorFlow's
 * @property {string} nodeHeaders Node-API's
 * @property {string} libraries TensorFlow's
 * @property {string} output
 */

/**
 * @param {CompilePaths} paths
 * @param {NodeJS.Platform} [platform]
 * @returns {string[]} what a compiler of the g++ or clang++ kind is to be told
 */
export function compileArguments(
  { sources, headers, nodeHeaders, libraries, output },
  platform = process.platform,
) {
  const mac = platform === 'darwin';
  /** @param {string} name */
  const library = (name) => join(libraries, mac ? `lib${name}.2.dylib` : `lib${name}.so.2`);
  return [
    ...['-std=c++17', '-O2', '-fPIC', '-DNAPI_VERSION=8', '-w'],
    ...(mac ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared']),
    ...[`-I${sources}`, `-I${headers}`, `-I${nodeHeaders}`],
    ...[join(sources, 'tfjs_backend.cc'), join(sources, 'tfjs_binding.cc')],
    ...[library('tensorflow_cc'), library('tensorflow_framework')],
    // The add-on lies in lib/napi-v8/ of the npm package, the libraries are linked as deps/lib.
    `-Wl,-rpath,${mac ? '@loader_path' : '$ORIGIN'}/../../deps/lib`,
    ...['-o', output],
  ];
}

/**
 * @param {string} target the add-on's place in the cache
 * @param {Omit<CompilePaths, 'output'>} paths
 * @param {{compiler: import('../toolchain.mjs').Compiler, environment: NodeJS.ProcessEnv}} options
 */
export async function compileBinding(target, paths, { compiler, environment }) {
  const [command, ...given] = compiler.command;
  await makeAside(dirname(target), async (aside) => {
    const output = join(aside, basename(target));
    try {
      await runCommand(command, [...given, ...compileArguments({ ...paths, output })], { environment });
    } catch (error) {
      throw new SetupError(
        `${messageOf(error)}\n\nThe TensorFlow binding did not compile with ${compiler.version}. It needs C++17 (g++ 8 or clang++ 7, or later); ` +
          'another compiler can be chosen with the environment variable CXX.',
        { cause: error },
      );
    }
  });
}
