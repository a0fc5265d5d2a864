/** Activities whose input says how they behave; the child runs them instead of the real ones. */
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessContext } from '../../../activities/run-activity.js';
import { ConfigurationError } from '../../../domain/errors.js';

export type Behaviour =
  | { do: 'count'; to: number }
  | { do: 'throw'; ours: boolean }
  | { do: 'kill-itself' }
  | { do: 'exit' }
  | { do: 'block'; withChild?: boolean }
  | { do: 'work-until-stopped'; saveMs: number }
  /** Writes large artifacts, one after the other with a wait before each; stops after the last. */
  | { do: 'save-slowly'; writes: number; waitMs: number };

const progress = (done: number, total: number) => ({
  activity: 'train' as const,
  done,
  total,
  rate: 0,
});

async function workUntilStopped({ store, signal, report }: ProcessContext, saveMs: number): Promise<never> {
  await store.write('pid', Buffer.from(String(process.pid)));
  for (let done = 1; ; done++) {
    report(progress(done, 1e9));
    if (signal.aborted) {
      await sleep(saveMs);
      await store.write('saved', Buffer.from((signal.reason as Error).message));
      throw signal.reason;
    }
    await sleep(20);
  }
}

export async function runActivity(name: string, input: Behaviour, context: ProcessContext): Promise<unknown> {
  context.report(progress(0, 0));
  switch (input.do) {
    case 'count':
      for (let done = 1; done <= input.to; done++) context.report(progress(done, input.to));
      return {
        name,
        counted: input.to,
        nothing: undefined,
        infinite: Number.POSITIVE_INFINITY,
        env: { ...process.env },
      };
    case 'throw':
      if (input.ours)
        throw new ConfigurationError('models: received none', { cause: new RangeError('deeper') });
      throw Object.assign(new TypeError('x is not a function'), { name: 'OddError' });
    case 'kill-itself':
      process.stderr.write('about to run out of memory\n');
      await sleep(50);
      process.kill(process.pid, 'SIGKILL');
      return sleep(10_000);
    case 'exit':
      process.exit(3);
      break;
    case 'block': {
      const grandchild = input.withChild ? spawn('sleep', ['60'], { stdio: 'ignore' }) : undefined;
      await context.store.write('pid', Buffer.from(String(grandchild?.pid ?? process.pid)));
      await sleep(200);
      for (;;);
    }
    case 'save-slowly':
      await context.store.write('pid', Buffer.from(String(process.pid)));
      for (let write = 1; write <= input.writes; write++) {
        await sleep(input.waitMs);
        await context.store.write(`part-${write}`, new Uint8Array(1e6));
      }
      await context.store.write('saved', Buffer.from(`aborted: ${context.signal.aborted}`));
      context.signal.throwIfAborted();
      return 'saved';
    case 'work-until-stopped':
      return workUntilStopped(context, input.saveMs);
  }
  return undefined;
}
