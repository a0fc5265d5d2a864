import type { DataSource } from '../../../domain/config/data.js';
import { listCifar } from './cifar.js';
import { listClassFolders } from './class-folders.js';
import { listCsv } from './csv.js';
import { listFolder } from './folder.js';
import { listIdx } from './idx.js';
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
 * Lists a source without decoding a picture.
 * @throws DataError when it is missing, empty or not of its format
 */
export function listSource(source: DataSource, context: ListContext): Promise<SourceListing> {
  return (LISTERS[source.format] as List<DataSource>)(source, context);
}
