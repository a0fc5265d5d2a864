/**
 * Writes the schema that editors use for configuration files.
 *
 *   node dist/cli/write-schema.js
 */
import { writeSchemaFile } from './schema-file.js';

await writeSchemaFile();
