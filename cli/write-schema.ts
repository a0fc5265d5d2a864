/** Writes the schemas that editors use for configuration files: `node dist/cli/write-schema.js` */
import { writeSchemaFiles } from './schema-file.js';

await writeSchemaFiles();
