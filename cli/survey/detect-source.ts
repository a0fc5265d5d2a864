import { lstat, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DataSource } from '../../domain/config/data.js';
import { ConfigurationError, DataError } from '../../domain/errors.js';
import { listClassFolders } from '../../learning/datasets/sources/class-folders.js';
import { findColumn, readCsv } from '../../learning/datasets/sources/csv-rows.js';
import { isPictureName } from '../../learning/datasets/sources/find-pictures.js';
import { isSystemName } from '../../learning/datasets/sources/system-names.js';
import { countOf } from '../view/quantities.js';
import { isSplitName, preference, trainingFirst } from './training-first.js';

export type Format = DataSource['format'];

type CsvSource = Extract<DataSource, { format: 'csv' }>;

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

const FILES = [
  { format: 'csv', name: /\.(csv|tsv)$/i },
  { format: 'idx', name: /images.*idx3/i },
  { format: 'cifar', name: /^(data_batch.*|test_batch.*|train|test)\.bin$/i },
] as const;
const MOST_NAMED = 5;
const EXPECTED = 'a folder of pictures, a CSV file, or IDX or CIFAR files';
const CONTEXT = { field: 'folder', wantsLabels: true, watch: () => undefined } as const;

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
  const { names, passedOver } = await namesIn(path);
  const files = filesOf(path, names, options, passedOver);
  if (format === undefined) {
    const folders = await sourceOfFolders(path, names, passedOver);
    if (folders?.source.format === 'class-folders' && !folders.isPart) return folders;
    if (files?.source.format === 'csv' && (await namesPictures(files.source))) return files;
    if (folders) return folders;
  }
  if (files) return files;
  const only = await onlyFolder(path, names);
  if (only !== undefined) {
    const inner = await detect(only, options);
    return { source: inner.source, remarks: [inspected([only], []), ...passedOver, ...inner.remarks] };
  }
  throw new DataError(
    `folder: received "${path}" and found no ${format === undefined ? 'JPEG, PNG or WebP pictures' : `${format} files`} in it, expected ${EXPECTED}`,
  );
}

/** The only folder in a folder, as in FashionMNIST/raw; links do not count, because they may lead back. */
async function onlyFolder(path: string, names: readonly string[]): Promise<string | undefined> {
  const kinds = await Promise.all(names.map((name) => lstat(join(path, name))));
  const folders = names.filter((_, index) => kinds[index]!.isDirectory());
  return folders.length === 1 ? join(path, folders[0]!) : undefined;
}

/** The files of the first kind that the folder has, those of training; the remark names the others. */
function filesOf(
  path: string,
  names: readonly string[],
  options: SourceOptions,
  passedOver: readonly string[],
): DetectedSource | undefined {
  const { format } = options;
  const kinds = FILES.filter((file) => (format ?? file.format) === file.format);
  const known = kinds.find((file) => names.some((name) => file.name.test(name)));
  if (!known) return undefined;
  const candidates = trainingFirst(names.filter((name) => known.name.test(name)));
  const chosen = candidates.filter((name) =>
    known.format === 'cifar' ? preference(name) === preference(candidates[0]!) : name === candidates[0],
  );
  const others = names.filter((name) => !chosen.includes(name) && kinds.some((kind) => kind.name.test(name)));
  const inFolder = (some: readonly string[]) => some.map((name) => join(path, name));
  const beside = new Set(inFolder(names));
  const source = sourceOfFiles(path, inFolder(chosen), known.format, options, beside);
  const named = others.length > 0 ? [inspected(inFolder(chosen), inFolder(others))] : [];
  return { source, remarks: [...named, ...passedOver] };
}

function inspected(chosen: readonly string[], others: readonly string[]): string {
  const quoted = (paths: readonly string[]) => paths.map((path) => `"${path}"`).join(', ');
  const rest = others.length > 0 ? `, not ${quoted(others)}: inspect each by itself` : '';
  return `inspected ${quoted(chosen)}${rest}`;
}

/** Whether a CSV file has both columns; one without them lists something else. */
async function namesPictures({ path, pathColumn, labelColumn }: CsvSource): Promise<boolean> {
  try {
    const table = await readCsv('folder', path, EXPECTED, [pathColumn, labelColumn]);
    return [pathColumn, labelColumn].every((column) => findColumn(table, column) !== undefined);
  } catch (error) {
    if (error instanceof DataError) return false;
    throw error;
  }
}

/** Names in a folder, and remarks about hidden and system ones, which are never looked into. */
async function namesIn(path: string): Promise<{ readonly names: string[]; readonly passedOver: string[] }> {
  try {
    const all = (await readdir(path)).sort();
    const hidden = all.filter(isSystemName).map((name) => `"${join(path, name)}"`);
    const remark = `passed over hidden or system entries: ${hidden.slice(0, MOST_NAMED).join(', ')}${hidden.length > MOST_NAMED ? ` and ${hidden.length - MOST_NAMED} more` : ''}`;
    return {
      names: all.filter((name) => !isSystemName(name)),
      passedOver: hidden.length > 0 ? [remark] : [],
    };
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

/**
 * Class folders if at least two folders have pictures; else a plain folder if there is any picture; else nothing.
 * @returns isPart is true if the folder has parts, such as train and test, and the source is one of them
 */
async function sourceOfFolders(
  path: string,
  names: readonly string[],
  passedOver: readonly string[],
): Promise<(DetectedSource & { readonly isPart?: boolean }) | undefined> {
  const listing = await listClassFolders({ path }, CONTEXT).catch((error: unknown) => {
    if (error instanceof DataError) return undefined;
    throw error;
  });
  const filled = [...new Set(listing?.pictures.map(({ label }) => label!))];
  if (filled.length > 0 && filled.every(isSplitName)) {
    const [part, ...others] = trainingFirst(filled).map((name) => join(path, name));
    const inner = await detect(part!, {});
    return {
      source: inner.source,
      remarks: [inspected([part!], others), ...passedOver, ...inner.remarks],
      isPart: true,
    };
  }
  if (filled.length >= 2) return { source: { format: 'class-folders', path }, remarks: [] };
  const hasLoose = names.some(isPictureName);
  if (filled.length === 0 && !hasLoose) return undefined;
  if (filled.length === 1 && !hasLoose) {
    // Archives often hold one folder with everything in it.
    const only = join(path, filled[0]!);
    const inner = await detect(only, {});
    const remarks = [inspected([only], []), ...passedOver, ...inner.remarks];
    if (inner.source.format !== 'folder') return { source: inner.source, remarks, isPart: true };
  }
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
