import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FUZZER_NAMES, type FuzzerName } from './fuzzers.js';
import { type Fuzzed, runFuzz } from './run-fuzz.js';

/** Inputs that are tried after a case of the campaign. */
const INPUTS = 60;

/** Tries fuzzed input between cases, and counts the answers. */
export class FuzzTally {
  private readonly all: Fuzzed[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), 'apprentice-fuzz-'));

  constructor(
    private readonly seed: number,
    private readonly say: (line: string) => void,
  ) {}

  get broken(): number {
    return this.all.reduce((sum, { counts }) => sum + counts.broken, 0);
  }

  /** Tries the inputs that belong to a case: of one fuzzer, of which each case has the next. */
  afterCase(number: number): Promise<void> {
    const name = FUZZER_NAMES[number % FUZZER_NAMES.length]!;
    return this.part(name, Math.floor(number / FUZZER_NAMES.length));
  }

  /** Tries the n-th part of a fuzzer's inputs. */
  part(name: FuzzerName, place: number): Promise<void> {
    return this.try(name, place * INPUTS, INPUTS);
  }

  async try(name: FuzzerName, first: number, count: number): Promise<void> {
    const { seed, folder } = this;
    const fuzzed = await runFuzz({ name, seed, first, count, folder });
    this.all.push(fuzzed);
    for (const { number, problem } of fuzzed.broken) {
      this.say(`BROKEN  ${name} input ${number}: ${problem}`);
      this.say(`  kept: ${join(folder, `${name}-${seed}-${number}`)}`);
      this.say(`  repeat with: npm run bench:faults -- --seed ${seed} --fuzz ${name}:${number}`);
    }
  }

  /** The counts of each fuzzer's answers. Removes the folder if no input is kept. */
  close(): string[] {
    if (this.broken === 0) rmdirSync(this.folder);
    return FUZZER_NAMES.flatMap((name) => {
      const parts = this.all.filter((fuzzed) => fuzzed.name === name);
      if (parts.length === 0) return [];
      const sum = (answer: keyof Fuzzed['counts']) =>
        parts.reduce((total, { counts }) => total + counts[answer], 0);
      return `${name} input: ${sum('read')} read, ${sum('refused')} refused, ${sum('broken')} broken`;
    });
  }
}
