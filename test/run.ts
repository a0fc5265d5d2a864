/**
 * Runs the compiled tests and ends with the line `N passed, N failed`.
 *
 *   node dist/test/run.js [unit | integration] [part of a file name]
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { pathToFileURL } from 'node:url';

const HERE = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const SUITES = ['unit', 'integration'] as const;
/** Integration tests measure out both cores themselves; unit tests are light. */
const CONCURRENCY = { unit: 2, integration: 1 };

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

function testFiles(suite: string, wanted: string): string[] {
  return readdirSync(join(HERE, suite), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.js') && file.includes(wanted))
    .sort()
    .map((file) => join(HERE, suite, file));
}

const ROOMS = join(HERE, '.rooms');

/**
 * Unit tests of a room share a process: most of what a test file of its own takes is to start, and to load TensorFlow.
 * The largest room is cut by its inner ones.
 */
function byRoom(files: readonly string[]): string[] {
  const rooms = new Map<string, string[]>();
  for (const file of files) {
    const [room = '', inner = ''] = file.slice(join(HERE, 'unit').length + 1).split(sep);
    const name = room === 'learning' ? `${room}-${inner}` : room.replace('.test.js', '');
    rooms.set(name, [...(rooms.get(name) ?? []), file]);
  }
  rmSync(ROOMS, { recursive: true, force: true });
  mkdirSync(ROOMS);
  return [...rooms].map(([name, tests]) => {
    const room = join(ROOMS, `${name}.mjs`);
    const imports = tests.map((file) => `import ${JSON.stringify(pathToFileURL(file).href)};\n`);
    writeFileSync(room, imports.join(''));
    return room;
  });
}

async function runSuite(suite: (typeof SUITES)[number], wanted: string, tally: Tally): Promise<void> {
  const files = testFiles(suite, wanted);
  if (files.length === 0) return;
  process.stdout.write(`\n${suite} tests: ${files.length} files\n`);
  const processes = suite === 'unit' ? byRoom(files) : files;
  const events = run({ files: processes, concurrency: CONCURRENCY[suite] });
  events.on('test:pass', ({ skip, details }) => {
    if (details.type === 'suite') return;
    tally[skip ? 'skipped' : 'passed']++;
  });
  events.on('test:fail', ({ details }) => {
    if (details.type !== 'suite') tally.failed++;
  });
  const report = events.compose(new spec());
  report.pipe(process.stdout, { end: false });
  await new Promise((resolve) => report.on('end', resolve));
}

const [first, ...rest] = process.argv.slice(2);
const suites = SUITES.filter((suite) => suite === first);
const wanted = (suites.length > 0 ? rest : process.argv.slice(2)).join(' ');
const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
for (const suite of suites.length > 0 ? suites : SUITES) await runSuite(suite, wanted, tally);

if (tally.passed + tally.failed === 0) {
  process.stderr.write(`no test file's name contains "${wanted}"\n`);
  tally.failed = 1;
}
const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
process.stdout.write(`\n${tally.passed} passed, ${tally.failed} failed${skipped}\n`);
process.exitCode = tally.failed > 0 ? 1 : 0;
