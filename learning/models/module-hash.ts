import { dirname, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { init, parse } from 'es-module-lexer';
import { readRegular } from '../../domain/regular-file.js';
import { allowedModule } from './allowed-modules.js';
import { hashFiles } from './hash-files.js';
import { moduleLoadError } from './load-errors.js';

/**
 * Returns the SHA-256 of a module's content and, recursively, of the files that it imports by relative specifiers:
 * static imports, re-exports and dynamic imports of literals. Packages are not included. Paths count relative to the
 * module, so a copy in another folder has the same hash. An imported file that does not exist is left out: importing
 * the module reports it.
 * @throws ConfigurationError when the module lies outside of the allowed folders
 * @throws ModelError when the module itself can't be read
 */
export async function moduleHash(path: string, field = 'model.path'): Promise<string> {
  await init;
  const module = await allowedModule(path, field);
  const contents = new Map<string, Uint8Array>();
  const pending = [module];
  const found = new Set(pending);
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    const content = await readImported(file, file === module ? field : undefined);
    if (!content) continue;
    contents.set(relative(dirname(module), file).replaceAll(sep, '/'), content);
    for (const imported of relativeImports(content.toString(), file)) {
      if (found.has(imported)) continue;
      found.add(imported);
      pending.push(imported);
    }
  }
  return hashFiles(contents);
}

/** @param field given for the module itself, which must exist */
async function readImported(file: string, field: string | undefined): Promise<Buffer | undefined> {
  try {
    return await readRegular(file);
  } catch (error) {
    if (field) throw moduleLoadError(field, file, error);
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return undefined;
    throw error;
  }
}

/** Returns the paths of relative imports; none of a source that does not parse. */
function relativeImports(source: string, file: string): string[] {
  try {
    const [imports] = parse(source);
    return imports.flatMap((found) => {
      const isLiteral = found.type !== 'dynamic' || !found.glob;
      const { specifier } = found;
      if (!specifier || !isLiteral || !/^\.{1,2}\//.test(specifier)) return [];
      return [fileURLToPath(new URL(specifier, pathToFileURL(file)))];
    });
  } catch {
    return [];
  }
}
