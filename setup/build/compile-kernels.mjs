// @ts-check
/**
 * Compiles the augmentation's pixel loops from AssemblyScript to WebAssembly; part of the build. The output is a module
 * that holds the binary as text, so that threads and installed packages can import it without reading a file.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../command.mjs';
import { locateProject } from '../project.mjs';
import { replaceWithText } from '../replace-path.mjs';

const COMPILER = ['node_modules', 'assemblyscript', 'bin', 'asc.js'];
const KERNELS = ['learning', 'augmentation', 'kernels'];
const OPTIONS = [
  // Nothing allocates: what lies where in the memory is decided outside (kernels/kernel-memory.ts).
  ...['--runtime', 'stub', '--importMemory', '--maximumMemory', '32768'],
  ...['-O3', '--noAssert', '--enable', 'simd'],
  // Vectors are passed only between the module's own functions, which every engine supports.
  ...['--disableWarning', '112'],
];

const { root } = locateProject();
const folder = await mkdtemp(join(tmpdir(), 'apprentice-kernels-'));
try {
  const binary = join(folder, 'kernels.wasm');
  const source = join(...KERNELS, 'assembly', 'index.ts');
  await runCommand(
    process.execPath,
    [join(root, ...COMPILER), source, '--baseDir', root, '--outFile', binary, ...OPTIONS],
    {
      folder: root,
    },
  );
  const text = (await readFile(binary)).toString('base64');
  await replaceWithText(join(root, 'dist', ...KERNELS, 'binary.js'), `export const BINARY = '${text}';\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
