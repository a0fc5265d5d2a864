/**
 * Runs the compiled tests, names the slowest files, and ends with the line `N passed, N failed`.
 *
 *   node dist/test/run.js [unit | integration] [part of a file name]
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { pathToFileURL } from 'node:url';

const HERE = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const SUITES = ['unit', 'integration'] as const;
/** Of processes at a time. Most integration tests wait for timeouts half of the time. */
const CONCURRENCY = { unit: 2, integration: 2 };
/** A file that hangs fails; the slowest takes a third of this. */
const FILE_WITHIN_MS = 600_000;

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** Of each test file, with its hooks; the start of its process is left out. */
  readonly milliseconds: Map<string, number>;
}

const SLOWEST = 5;

function testFiles(suite: string, wanted: string): string[] {
  return readdirSync(join(HERE, suite), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.js') && file.includes(wanted))
    .sort()
    .map((file) => join(HERE, suite, file));
}

const ROOMS = join(HERE, '.rooms');

/**
 * Unit tests of a room share a process: most of the time of a test file is its start and the loading of TensorFlow. The
 * largest room is split into its folders. Integration tests of the methods share a server, workers and models.
 */
function roomOf(file: string): string {
  const [suite, room = '', inner = ''] = relative(HERE, file).split(sep);
  if (suite === 'unit') return room === 'learning' ? `${room}-${inner}` : room.replace('.test.js', '');
  return file.includes(METHODS) ? 'methods' : file;
}

const METHODS = join('integration', 'run', 'methods') + sep;

/** Files to run, each in a process: one that imports all tests of a room, if there are several. */
function byRoom(files: readonly string[]): string[] {
  const rooms = new Map<string, string[]>();
  for (const file of files) rooms.set(roomOf(file), [...(rooms.get(roomOf(file)) ?? []), file]);
  rmSync(ROOMS, { recursive: true, force: true });
  mkdirSync(ROOMS);
  return [...rooms].map(([name, tests]) => {
    if (tests.length === 1) return tests[0]!;
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
  const events = run({ files: byRoom(files), concurrency: CONCURRENCY[suite], timeout: FILE_WITHIN_MS });
  events.on('test:pass', (event) => {
    addTime(event);
    if (event.details.type !== 'suite') tally[event.skip ? 'skipped' : 'passed']++;
  });
  events.on('test:fail', (event) => {
    addTime(event);
    if (event.details.type !== 'suite') tally.failed++;
  });
  const report = events.compose(new spec());
  report.pipe(process.stdout, { end: false });
  await new Promise((resolve) => report.on('end', resolve));

  function addTime({ file, nesting, details }: TestEvent): void {
    if (file === undefined || nesting > 0) return;
    tally.milliseconds.set(file, (tally.milliseconds.get(file) ?? 0) + details.duration_ms);
  }
}

interface TestEvent {
  readonly file?: string;
  readonly nesting: number;
  readonly details: { readonly duration_ms: number };
}

function slowestText({ milliseconds }: Tally): string {
  const slowest = [...milliseconds].sort(([, a], [, b]) => b - a).slice(0, SLOWEST);
  const lines = slowest.map(
    ([file, ms]) => `  ${(ms / 1000).toFixed(1).padStart(6)} s  ${relative(HERE, file)}\n`,
  );
  return `\nslowest files:\n${lines.join('')}`;
}

const [first, ...rest] = process.argv.slice(2);
const suites = SUITES.filter((suite) => suite === first);
const wanted = (suites.length > 0 ? rest : process.argv.slice(2)).join(' ');
const tally: Tally = { passed: 0, failed: 0, skipped: 0, milliseconds: new Map() };
for (const suite of suites.length > 0 ? suites : SUITES) await runSuite(suite, wanted, tally);

if (tally.passed + tally.failed === 0) {
  process.stderr.write(`no test file's name contains "${wanted}"\n`);
  tally.failed = 1;
}
process.stdout.write(slowestText(tally));
const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
process.stdout.write(`\n${tally.passed} passed, ${tally.failed} failed${skipped}\n`);
process.exitCode = tally.failed > 0 ? 1 : 0;
