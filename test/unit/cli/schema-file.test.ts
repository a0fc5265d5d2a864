import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { describe, it } from 'node:test';
import { SCHEMA_FILES, schemaText } from '../../../cli/schema-file.js';
import { configSchema, type SchemaNode } from '../../../domain/config/json-schema.js';

describe('the schema for editors', () => {
  for (const { file, config } of SCHEMA_FILES) {
    it(`is published as it is now: ${basename(file)}`, async () => {
      assert.equal(await readFile(file, 'utf8'), schemaText(config), 'npm run build writes it anew');
    });
  }

  it('asks only for what has no default', () => {
    const schema = JSON.parse(schemaText());
    assert.deepEqual(schema.required, ['name', 'data']);
    const data = schema.definitions[schema.properties.data.$ref.split('/').at(-1)];
    assert.deepEqual(data.required, ['labelled']);
    assert.equal(schema.additionalProperties, false);
  });

  it('explains keys and shows their defaults', () => {
    const steps = configSchema().properties?.['student']?.properties?.['steps'];
    assert.deepEqual(steps, { default: 1000, description: 'Optimizer steps.', type: 'integer', minimum: 1 });
  });

  it('lets a JSON file name it', () => {
    assert.equal(configSchema().properties?.['$schema']?.type, 'string');
  });

  it('knows no bounds that only a computer has', () => {
    const bounds = (node: SchemaNode): unknown[] => [
      node.maximum,
      ...Object.values(node.properties ?? {}).flatMap(bounds),
      ...[...(node.oneOf ?? []), ...(node.anyOf ?? []), ...(node.items ? [node.items] : [])].flatMap(bounds),
    ];
    assert.ok(!bounds(configSchema()).includes(Number.MAX_SAFE_INTEGER));
  });
});
