import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Message } from './child.js';
import type { FuzzerName } from './fuzzers.js';

const CHILD = fileURLToPath(new URL('./child.js', import.meta.url));
/** Waiting for a processor included. */
const ANSWER_MS = 60_000;

export interface Fuzzed {
  readonly name: FuzzerName;
  readonly counts: Readonly<Record<'read' | 'refused' | 'broken', number>>;
  readonly broken: ReadonlyArray<{ readonly number: number; readonly problem: string }>;
}

export interface FuzzRequest {
  readonly name: FuzzerName;
  readonly seed: number;
  /** Number of the first input. */
  readonly first: number;
  readonly count: number;
  /** Inputs that break a promise stay in it, as `NAME-SEED-NUMBER`. */
  readonly folder: string;
}

/** Tries inputs in child processes; one that hangs, dies or answers wrongly is replaced by the next. */
export async function runFuzz({ name, seed, first, count, folder }: FuzzRequest): Promise<Fuzzed> {
  const counts = { read: 0, refused: 0, broken: 0 };
  const broken: Array<{ number: number; problem: string }> = [];
  for (let next = first; next < first + count; ) {
    const args = [name, String(seed), String(next), String(first + count - next), folder];
    await withChild(args, (number, answer, problem) => {
      counts[answer]++;
      if (problem !== undefined) broken.push({ number, problem });
      next = number + 1;
    });
  }
  return { name, counts, broken };
}

type OnAnswer = (number: number, answer: keyof Fuzzed['counts'], problem?: string) => void;

function withChild(args: readonly string[], onAnswer: OnAnswer): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(CHILD, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let errors = '';
    let open: number | undefined;
    let isLate = false;
    const late = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, ANSWER_MS);
    child.stderr!.on('data', (part) => {
      errors = (errors + part).slice(-1_000);
    });
    child.on('message', (message: Message) => {
      late.refresh();
      if ('began' in message) open = message.began;
      else {
        open = undefined;
        onAnswer(message.number, message.answer, message.problem);
      }
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(late);
      if (open !== undefined) {
        const end = `its process ended with ${signal ?? code}: ${errors.trim()}`;
        onAnswer(open, 'broken', isLate ? `no answer within ${ANSWER_MS / 1000} s` : end);
      } else if (code !== 0) {
        reject(new Error(`the fuzzer ${args.join(' ')} ended with ${signal ?? code}: ${errors}`));
      }
      resolve();
    });
  });
}
