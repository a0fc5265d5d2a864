import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DataSource } from '../../domain/config/data.js';
import { ConfigurationError, DataError } from '../../domain/errors.js';
import { listClassFolders } from '../../learning/datasets/sources/class-folders.js';
import { countOf } from '../view/quantities.js';

export type Format = DataSource['format'];

export interface SourceOptions {
  readonly format?: Format;
  readonly labels?: string;
  readonly pathColumn?: string;
  readonly labelColumn?: string;
}

/** What is taken for the data set, and what is to be said about that. */
export interface GuessedSource {
  readonly source: DataSource;
  readonly remarks: readonly string[];
}

const PICTURE = /\.(jpe?g|png|webp)$/i;
/** Folders of these names are parts of a data set, not classes. */
const PARTS = 'train training test testing val valid validation dev unlabelled unlabeled extra'.split(' ');
const ARCHIVES = [
  { format: 'csv', name: /\.csv$/i },
  { format: 'idx', name: /images.*idx3/i },
  { format: 'cifar', name: /^(data_batch.*|train)\.bin$/i },
] as const;
const WANTED = 'a folder of pictures, a CSV file, or IDX or CIFAR files';

/** @throws ConfigurationError for an option that says nothing of such a source */
function expectMeant({ format }: DataSource, options: SourceOptions): void {
  const uses = { labels: 'idx', pathColumn: 'csv', labelColumn: 'csv' } as const;
  for (const [name, of] of Object.entries(uses) as Array<[keyof typeof uses, Format]>) {
    if (options[name] === undefined || format === of) continue;
    const flag = `--${name.replace('C', '-c')}`;
    throw new ConfigurationError(
      `${flag}: received "${options[name]}", expected it with the format ${of} only; this is ${format}`,
    );
  }
}

/**
 * Finds out what a path holds, unless the format is given.
 * @throws DataError when there is nothing there, or nothing that is known
 * @throws ConfigurationError for an option of another format
 */
export async function detectSource(path: string, options: SourceOptions): Promise<GuessedSource> {
  const guessed = await guess(path, options);
  expectMeant(guessed.source, options);
  return guessed;
}

async function guess(path: string, options: SourceOptions): Promise<GuessedSource> {
  const info = await stat(path).catch(() => undefined);
  if (!info) throw new DataError(`folder: received "${path}" and found nothing there, expected ${WANTED}`);
  const format = options.format;
  if (!info.isDirectory()) return { source: ofFiles(path, [path], format, options), remarks: [] };
  if (format === 'class-folders' || format === 'folder') return { source: { format, path }, remarks: [] };
  const names = (await namesIn(path)).sort();
  if (format === undefined) {
    const folders = await ofFolders(path, names);
    if (folders) return folders;
  }
  const kind = ARCHIVES.find(
    (archive) =>
      (format ?? archive.format) === archive.format && names.some((name) => archive.name.test(name)),
  );
  if (!kind) {
    throw new DataError(
      `folder: received "${path}" and found no ${format === undefined ? 'JPEG, PNG or WebP pictures' : `${format} files`} in it, expected ${WANTED}`,
    );
  }
  const files = names.filter((name) => kind.name.test(name)).map((name) => join(path, name));
  const beside = new Set(names.map((name) => join(path, name)));
  return { source: ofFiles(path, files, kind.format, options, beside), remarks: [] };
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    throw new DataError(`folder: received "${path}", which can't be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function ofFiles(
  path: string,
  files: readonly string[],
  wanted: Format | undefined,
  { labels, pathColumn = 'path', labelColumn = 'label' }: SourceOptions,
  beside: ReadonlySet<string> = new Set(),
): DataSource {
  const [file] = files as [string, ...string[]];
  const format = wanted ?? ARCHIVES.find(({ name }) => name.test(basename(file)))?.format;
  switch (format) {
    case 'csv':
      return { format, path: file, pathColumn, labelColumn };
    case 'idx': {
      const likely = file.replace(/images(.*)idx3/i, 'labels$1idx1');
      const found = labels ?? (beside.has(likely) ? likely : undefined);
      return { format, images: file, ...(found !== undefined && { labels: found }) };
    }
    case 'cifar':
      return {
        format,
        paths: [...files],
        variant: /^(train|test)\.bin$/i.test(basename(file)) ? 'cifar100' : 'cifar10',
      };
    default:
      throw new DataError(`folder: received the file "${path}", expected ${WANTED}; --format says which`);
  }
}

/** Class folders where there are at least two with pictures, else a folder, if there are any pictures. */
async function ofFolders(path: string, names: readonly string[]): Promise<GuessedSource | undefined> {
  const loose = names.filter((name) => PICTURE.test(name)).length;
  const listing = await listClassFolders(
    { path },
    { field: 'folder', wantsLabels: true, watch: () => {} },
  ).catch((error: unknown) => {
    if (error instanceof DataError) return undefined;
    throw error;
  });
  const filled = [...new Set(listing?.pictures.map(({ label }) => label!))];
  const part = filled.find((name) => PARTS.includes(name.toLowerCase()));
  if (part !== undefined && filled.every((name) => PARTS.includes(name.toLowerCase()))) {
    const train = filled.find((name) => /^train/i.test(name)) ?? part;
    const others = filled.filter((name) => name !== train).map((name) => `"${join(path, name)}"`);
    const inner = await guess(join(path, train), {});
    const rest = others.length > 0 ? `, not ${others.join(', ')}: look at each part by itself` : '';
    const remark = `looked at the part "${join(path, train)}"${rest}`;
    return { source: inner.source, remarks: [remark, ...inner.remarks] };
  }
  if (filled.length >= 2) {
    const remark = `${countOf(loose, 'picture')} beside the class folders belong to no class and were left out`;
    return { source: { format: 'class-folders', path }, remarks: loose > 0 ? [remark] : [] };
  }
  if (loose + filled.length === 0) return undefined;
  const remarks = filled.length === 1 ? [`one folder alone, "${filled[0]}", was not taken for a class`] : [];
  return { source: { format: 'folder', path }, remarks };
}

/** In words. */
export function sourceText(source: DataSource): string {
  switch (source.format) {
    case 'class-folders':
      return 'class folders: each folder’s name is a class';
    case 'folder':
      return 'a plain folder: pictures without labels';
    case 'csv':
      return `a CSV file: paths in column "${source.pathColumn}", labels in "${source.labelColumn}"`;
    case 'idx':
      return `IDX images ${basename(source.images)}, ${source.labels === undefined ? 'no labels' : `labels ${basename(source.labels)}`}`;
    case 'cifar':
      return `${countOf(source.paths.length, 'batch', 'batches')} of ${source.variant}`;
  }
}
