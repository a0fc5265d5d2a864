import type { DataSource } from '../../../domain/config/data.js';
import { listCifar } from './cifar.js';
import { listClassFolders } from './class-folders.js';
import { listCsv } from './csv.js';
import { listFolder } from './folder.js';
import { listIdx } from './idx.js';
import type { SourceListing } from './source.js';

type Listers = {
  [Format in DataSource['format']]: (
    source: Extract<DataSource, { format: Format }>,
    field: string,
  ) => Promise<SourceListing>;
};

const LISTERS: Listers = {
  'class-folders': listClassFolders,
  folder: listFolder,
  csv: listCsv,
  idx: listIdx,
  cifar: listCifar,
};

/**
 * Lists a source without decoding a picture.
 * @param field where the source stands in the configuration, for example `data.labelled`
 * @throws DataError when it is missing, empty or not of its format
 */
export function listSource(source: DataSource, field: string): Promise<SourceListing> {
  const list = LISTERS[source.format] as (source: DataSource, field: string) => Promise<SourceListing>;
  return list(source, field);
}
