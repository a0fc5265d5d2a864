import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const ROOMS = [
  'domain',
  'engine',
  'learning',
  'storage',
  'activities',
  'workflows',
  'connection',
  'worker',
  'client',
  'cli',
  'setup',
  'bench',
];
/** Static imports, re-exports, type-only ones, and dynamic imports of a literal. */
const IMPORT = /(?:\bfrom\s+|\bimport\s*\(?\s*)'(\.[^']+)'/g;

test('no file imports itself through others, not even for types alone', () => {
  const imports = importGraph();
  assert.ok(imports.size > 500, `read only ${imports.size} files`);
  assert.deepEqual(cyclesIn(imports), []);
});

test('a cycle of type-only and dynamic imports is found', () => {
  const imports = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['b', 'd']],
    ['d', []],
  ]);
  assert.deepEqual(cyclesIn(imports), [['b', 'c']]);
  const found = [...`import type { A } from './a.js';\nconst b = await import('./b.js');`.matchAll(IMPORT)];
  assert.deepEqual(
    found.map(([, specifier]) => specifier),
    ['./a.js', './b.js'],
  );
});

function importGraph(): Map<string, string[]> {
  const files = ROOMS.flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|mjs)$/.test(name) && !name.includes('node_modules'))
      .map((name) => join(ROOT, room, name)),
  );
  const known = new Set(files);
  const graph = new Map<string, string[]>();
  for (const file of files) {
    const specifiers = [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, specifier]) => specifier!);
    const targets = specifiers.map((specifier) => resolve(dirname(file), specifier.replace(/\.js$/, '.ts')));
    graph.set(
      relative(ROOT, file),
      targets.filter((target) => known.has(target)).map((target) => relative(ROOT, target)),
    );
  }
  return graph;
}

/** The strongly connected components of more than one file (Tarjan 1972), each sorted. */
function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    low.set(file, order.get(file)!);
    stack.push(file);
    for (const target of graph.get(file) ?? []) {
      if (!order.has(target)) visit(target);
      if (stack.includes(target)) low.set(file, Math.min(low.get(file)!, low.get(target)!));
    }
    if (low.get(file) !== order.get(file)) return;
    const component = stack.splice(stack.indexOf(file));
    if (component.length > 1) cycles.push(component.sort());
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return cycles;
}
