import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keyedRandom } from '../../../domain/random.js';
import type { Fuzzer } from './fuzzer.js';
import { FUZZERS, type FuzzerName } from './fuzzers.js';

/** An input is small; a process that reads many of them stays below. */
export const MOST_MEGABYTES = 1_200;

export interface Tried {
  readonly answer: 'read' | 'refused' | 'broken';
  /** What is wrong, if broken. */
  readonly problem?: string;
}

/** Makes input `number` of a seed in a folder of its own. */
export async function makeInput(
  name: FuzzerName,
  seed: number,
  number: number,
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files = await FUZZERS[name].make(keyedRandom(seed, 'fuzz', name, number));
  for (const [file, content] of Object.entries(files)) await writeFile(join(folder, file), content);
}

/** Reads an input twice, and judges the answers, their processor time and the memory. */
export async function tryInput(name: FuzzerName, folder: string): Promise<Tried> {
  const fuzzer: Fuzzer = FUZZERS[name];
  const answers: string[] = [];
  let refused = false;
  for (let reading = 0; reading < 2; reading++) {
    const began = process.cpuUsage();
    try {
      answers.push(await fuzzer.read(folder));
    } catch (error) {
      const problem = problemOf(error, fuzzer);
      if (problem) return { answer: 'broken', problem };
      refused = true;
      answers.push('refused');
    }
    const { user, system } = process.cpuUsage(began);
    const seconds = (user + system) / 1e6;
    if (seconds > fuzzer.cpuSeconds) {
      return { answer: 'broken', problem: `${seconds.toFixed(1)} s of processor time` };
    }
  }
  if (answers[0] !== answers[1]) {
    return { answer: 'broken', problem: `two readings differ: ${answers.join(' and then ').slice(0, 500)}` };
  }
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  if (megabytes > MOST_MEGABYTES) return { answer: 'broken', problem: `${megabytes} MB of memory` };
  return { answer: refused ? 'refused' : 'read' };
}

function problemOf(error: unknown, { refusals }: Fuzzer): string | undefined {
  const { name, message, stack } = error as Error;
  if (!refusals.some((known) => error instanceof known)) {
    return `${name}: ${message?.slice(0, 500)}; ${stack
      ?.split('\n')
      .find((line) => /^ +at /.test(line))
      ?.trim()}`;
  }
  return message.trim() === '' ? `${name} without a message` : undefined;
}
