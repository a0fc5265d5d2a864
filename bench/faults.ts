/**
 * `npm run bench:faults -- --minutes N`: runs of every method, with faults at random moments that a seed decides, and
 * fuzzed input. See docs/guarantees.md.
 */
import { parseArgs } from 'node:util';
import { runCampaign } from './faults/campaign.js';
import { canMount } from './faults/disk.js';
import { FuzzTally } from './faults/fuzz/fuzz-tally.js';
import { FUZZER_NAMES, type FuzzerName } from './faults/fuzz/fuzzers.js';
import { countLines, untriedLines } from './faults/summary.js';
import { ProcessMemory } from './support/process-memory.js';
import { printResult } from './support/report.js';

/** A process of a tiny run needs a few hundred; a leak over many runs needs more. */
const MOST_MEGABYTES = 2_000;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    /** Runs only these, for example `7,12`. */
    case: { type: 'string' },
    /** Only fuzzes: inputs of one fuzzer, `csv`, or one of them, `csv:137`. */
    fuzz: { type: 'string' },
  },
});
const seed = Number(values.seed);
const minutes = Number(values.minutes);
if (!Number.isSafeInteger(seed) || seed < 0 || !(minutes > 0)) {
  throw new Error(
    `--seed, --minutes: received ${values.seed} and ${values.minutes}, expected a whole number from 0, and a number above 0`,
  );
}
const say = (line: string) => void process.stdout.write(`${line}\n`);
say(`seed ${seed}, ${minutes} minutes`);
for (const line of untriedLines(canMount())) say(line);

const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stopping.abort());
// A timer of Temporal's client throws when the client is closed while it waits to try a request again.
process.on('uncaughtException', (error) => {
  if (!/Channel has been shut down/.test(error.message)) throw error;
  say(`passed over: ${error.message}`);
});
const memory = new ProcessMemory();
const until = Date.now() + minutes * 60_000;
const fuzz = new FuzzTally(seed, say);
if (values.fuzz) await onlyFuzz(values.fuzz);
const results = values.fuzz
  ? []
  : await runCampaign({
      seed,
      numbers: values.case ? values.case.split(',').map(Number) : allNumbers(),
      until,
      signal: stopping.signal,
      say,
      ...(!values.case && { between: (number: number) => fuzz.afterCase(number) }),
    });
memory.stop();
for (const line of fuzz.close()) say(line);
if (results.length > 0) for (const line of countLines(results)) say(line);
const broken = results.filter((result) => result.broken.length > 0);
for (const { case: drawn } of broken) {
  say(`repeat with: npm run bench:faults -- --seed ${seed} --case ${drawn.number}`);
}
const megabytes = Math.round(Math.max(0, ...memory.peaks.values()) / 1e6);
printResult(
  'faults',
  [
    { name: 'cases in which a promise was broken', aim: 0, measured: broken.length, better: 'lower' },
    { name: 'inputs with a wrong answer', aim: 0, measured: fuzz.broken, better: 'lower' },
    { name: 'MB of the largest process', aim: MOST_MEGABYTES, measured: megabytes, better: 'lower' },
  ],
  { seed, cases: results.length, faults: results.flatMap(({ struck }) => struck.filter(Boolean)).length },
);
process.exitCode = broken.length + fuzz.broken > 0 || megabytes > MOST_MEGABYTES ? 1 : 0;

function* allNumbers(): Generator<number> {
  for (let number = 0; ; number++) yield number;
}

async function onlyFuzz(text: string): Promise<void> {
  const [name, number] = text.split(':') as [FuzzerName, string?];
  if (!FUZZER_NAMES.includes(name)) {
    throw new Error(`--fuzz: received ${text}, expected one of ${FUZZER_NAMES.join(', ')}, or csv:137`);
  }
  if (number !== undefined) await fuzz.try(name, Number(number), 1);
  else
    for (let place = 0; Date.now() < until && !stopping.signal.aborted; place++) await fuzz.part(name, place);
}
