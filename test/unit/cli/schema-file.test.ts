import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { describe, it } from 'node:test';
import { SCHEMA_FILE, schemaTexts } from '../../../cli/schema-file.js';
import { configSchema, publishedSchema, type SchemaNode } from '../../../domain/config/json-schema.js';
import { DEFAULT_METHOD, METHOD_NAMES, METHODS } from '../../../domain/methods.js';

const SELF_TRAINING = METHODS['self-training'].config;

describe('the schemas for editors', () => {
  for (const [file, text] of schemaTexts()) {
    it(`are published as they are now: ${basename(file)}`, async () => {
      assert.equal(await readFile(file, 'utf8'), text, 'npm run build writes it anew');
    });
  }

  it('lead from any configuration to the schema of the method that it names', () => {
    const { properties, allOf } = JSON.parse(schemaTexts().get(SCHEMA_FILE)!);
    assert.deepEqual(properties.method.enum, METHOD_NAMES);
    const files = [...schemaTexts().keys()].map((file) => basename(file));
    for (const [at, name] of METHOD_NAMES.entries()) {
      const { if: condition, then } = allOf[at];
      assert.equal(condition.properties.method.const, name);
      // A file without a method is of the default one.
      assert.equal(condition.required === undefined, name === DEFAULT_METHOD, name);
      assert.ok(files.includes(basename(then.$ref)), then.$ref);
    }
  });

  it('require only fields without a default', () => {
    const schema = JSON.parse(JSON.stringify(publishedSchema(SELF_TRAINING)));
    assert.deepEqual(schema.required, ['name', 'data']);
    const data = schema.definitions[schema.properties.data.$ref.split('/').at(-1)];
    assert.deepEqual(data.required, ['labelled']);
    assert.equal(schema.additionalProperties, false);
  });

  it('explain keys and show their defaults', () => {
    const steps = configSchema(SELF_TRAINING).properties?.['student']?.properties?.['steps'];
    assert.deepEqual(steps, { default: 1000, description: 'Optimizer steps.', type: 'integer', minimum: 1 });
  });

  it('let a JSON file name its schema', () => {
    for (const name of METHOD_NAMES) {
      assert.equal(configSchema(METHODS[name].config).properties?.['$schema']?.type, 'string', name);
    }
  });

  it('have no bounds that only a computer has', () => {
    const bounds = (node: SchemaNode): unknown[] => [
      node.maximum,
      ...Object.values(node.properties ?? {}).flatMap(bounds),
      ...[...(node.oneOf ?? []), ...(node.anyOf ?? []), ...(node.items ? [node.items] : [])].flatMap(bounds),
    ];
    for (const name of METHOD_NAMES) {
      assert.ok(!bounds(configSchema(METHODS[name].config)).includes(Number.MAX_SAFE_INTEGER), name);
    }
  });
});
