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

/** A data source that was detected, with remarks for the user, for example about folders that were left out. */
export interface DetectedSource {
  readonly source: DataSource;
  readonly remarks: readonly string[];
}

const PICTURE = /\.(jpe?g|png|webp)$/i;
/** Folders of these names are splits of a data set, not classes. */
const SPLITS = 'train training test testing val valid validation dev unlabelled unlabeled extra'.split(' ');
const FILES = [
  { format: 'csv', name: /\.csv$/i },
  { format: 'idx', name: /images.*idx3/i },
  { format: 'cifar', name: /^(data_batch.*|train)\.bin$/i },
] as const;
const EXPECTED = 'a folder of pictures, a CSV file, or IDX or CIFAR files';

/** @throws ConfigurationError for an option of another format */
function refuseOtherOptions({ format }: DataSource, options: SourceOptions): void {
  const uses = { labels: 'idx', pathColumn: 'csv', labelColumn: 'csv' } as const;
  for (const [name, needed] of Object.entries(uses) as Array<[keyof typeof uses, Format]>) {
    if (options[name] === undefined || format === needed) continue;
    const flag = `--${name.replace('C', '-c')}`;
    throw new ConfigurationError(
      `${flag}: received "${options[name]}", expected it with the format ${needed} only; this is ${format}`,
    );
  }
}

/**
 * Detects the format of a data set, unless it is given.
 * @throws DataError when the path does not exist or has no data of a known format
 * @throws ConfigurationError for an option of another format
 */
export async function detectSource(path: string, options: SourceOptions): Promise<DetectedSource> {
  const detected = await detect(path, options);
  refuseOtherOptions(detected.source, options);
  return detected;
}

async function detect(path: string, options: SourceOptions): Promise<DetectedSource> {
  const info = await stat(path).catch(() => undefined);
  if (!info) throw new DataError(`folder: received "${path}" and found nothing there, expected ${EXPECTED}`);
  const format = options.format;
  if (!info.isDirectory()) return { source: sourceOfFiles(path, [path], format, options), remarks: [] };
  if (format === 'class-folders' || format === 'folder') return { source: { format, path }, remarks: [] };
  const names = (await namesIn(path)).sort();
  if (format === undefined) {
    const folders = await sourceOfFolders(path, names);
    if (folders) return folders;
  }
  const known = FILES.find(
    (file) => (format ?? file.format) === file.format && names.some((name) => file.name.test(name)),
  );
  if (!known) {
    throw new DataError(
      `folder: received "${path}" and found no ${format === undefined ? 'JPEG, PNG or WebP pictures' : `${format} files`} in it, expected ${EXPECTED}`,
    );
  }
  const files = names.filter((name) => known.name.test(name)).map((name) => join(path, name));
  const beside = new Set(names.map((name) => join(path, name)));
  return { source: sourceOfFiles(path, files, known.format, options, beside), remarks: [] };
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

function sourceOfFiles(
  path: string,
  files: readonly string[],
  wanted: Format | undefined,
  { labels, pathColumn = 'path', labelColumn = 'label' }: SourceOptions,
  beside: ReadonlySet<string> = new Set(),
): DataSource {
  const [file] = files as [string, ...string[]];
  const format = wanted ?? FILES.find(({ name }) => name.test(basename(file)))?.format;
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
      throw new DataError(`folder: received the file "${path}", expected ${EXPECTED}; --format says which`);
  }
}

/** Class folders if at least two folders have pictures; else a plain folder if there is any picture; else nothing. */
async function sourceOfFolders(path: string, names: readonly string[]): Promise<DetectedSource | undefined> {
  const loose = names.filter((name) => PICTURE.test(name)).length;
  const listing = await listClassFolders(
    { path },
    { field: 'folder', wantsLabels: true, watch: () => {} },
  ).catch((error: unknown) => {
    if (error instanceof DataError) return undefined;
    throw error;
  });
  const filled = [...new Set(listing?.pictures.map(({ label }) => label!))];
  const part = filled.find((name) => SPLITS.includes(name.toLowerCase()));
  if (part !== undefined && filled.every((name) => SPLITS.includes(name.toLowerCase()))) {
    const train = filled.find((name) => /^train/i.test(name)) ?? part;
    const others = filled.filter((name) => name !== train).map((name) => `"${join(path, name)}"`);
    const inner = await detect(join(path, train), {});
    const rest = others.length > 0 ? `, not ${others.join(', ')}: inspect each part by itself` : '';
    const remark = `inspected the part "${join(path, train)}"${rest}`;
    return { source: inner.source, remarks: [remark, ...inner.remarks] };
  }
  if (filled.length >= 2) {
    const remark = `${countOf(loose, 'picture')} beside the class folders: not in a class, left out`;
    return { source: { format: 'class-folders', path }, remarks: loose > 0 ? [remark] : [] };
  }
  if (loose + filled.length === 0) return undefined;
  const remarks = filled.length === 1 ? [`the only folder, "${filled[0]}", is not a class`] : [];
  return { source: { format: 'folder', path }, remarks };
}

/** Describes a source in words. */
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
