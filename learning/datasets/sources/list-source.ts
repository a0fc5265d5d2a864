import type { DataSource } from '../../../domain/config/data.js';
import { listCifar } from './cifar.js';
import { listClassFolders } from './class-folders.js';
import { listCsv } from './csv.js';
import { listFolder } from './folder.js';
import { listIdx } from './idx.js';
import { onlyClasses } from './only-classes.js';
import type { ListContext, SourceListing } from './source.js';

type List<Source> = (source: Source, context: ListContext) => Promise<SourceListing>;

const LISTERS: { [Format in DataSource['format']]: List<Extract<DataSource, { format: Format }>> } = {
  'class-folders': listClassFolders,
  folder: listFolder,
  csv: listCsv,
  idx: listIdx,
  cifar: listCifar,
};

/**
 * Lists a source without decoding pictures.
 * @throws DataError when it is missing, empty or not of its format, or lacks a class that `only` names
 */
export async function listSource(source: DataSource, context: ListContext): Promise<SourceListing> {
  const list = LISTERS[source.format] as List<DataSource>;
  if (!('only' in source) || !source.only) return list(source, context);
  // `only` needs labels, even if the caller does not.
  const listing = await list(source, { ...context, wantsLabels: true });
  return onlyClasses(listing, source.only, `${context.field}.only`);
}
