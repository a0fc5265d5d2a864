import { Worker } from 'node:worker_threads';
import type { Noise } from './augment-slot.js';
import type { SlotMessage, ThreadData } from './augmentation-thread.js';
import type { SlotFiller } from './fill-slot.js';
import { newSlot, type Slot } from './slot.js';

const THREAD = new URL('./augmentation-thread.js', import.meta.url);

interface Waiting {
  readonly slot: number;
  readonly done: Promise<void>;
  readonly settle: (error?: Error) => void;
}

function waitingFor(slot: number): Waiting {
  let settle!: Waiting['settle'];
  const done = new Promise<void>((resolve, reject) => {
    settle = (error) => (error ? reject(error) : resolve());
  });
  // Whoever takes the step hears of it; before that nobody does, and that is no crash.
  done.catch(() => undefined);
  return { slot, done, settle };
}

/** Batches that threads prepare while earlier steps train: one more than there are threads. To be disposed of. */
export class PrefetchedBatches {
  private readonly slots: readonly Slot[];
  private readonly threads: readonly Worker[];
  /** By step. */
  private readonly ahead = new Map<number, Waiting>();
  private taken: { readonly slot: number; readonly step: number } | undefined;
  private failure: Error | undefined;

  constructor(
    private readonly filler: SlotFiller,
    noise: Noise,
    threads: number,
    private readonly steps: number,
  ) {
    this.slots = Array.from({ length: threads + 1 }, () => newSlot(noise.shape));
    const workerData: ThreadData = { noise, slots: this.slots };
    this.threads = Array.from({ length: threads }, () => this.startThread(workerData));
  }

  private startThread(workerData: ThreadData): Worker {
    const thread = new Worker(THREAD, { workerData });
    thread.on('message', ({ step }: SlotMessage) => this.ahead.get(step)?.settle());
    thread.on('error', (error) => this.fail(error as Error));
    thread.on('exit', (code) => this.fail(new Error(`an augmenting thread ended with exit code ${code}`)));
    return thread;
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const { settle } of this.ahead.values()) settle(this.failure);
  }

  /** The slot of a step, filled. It is written again after the next call. */
  async take(step: number): Promise<Slot> {
    if (this.taken) this.request(this.taken.slot, this.taken.step + this.slots.length);
    if (!this.ahead.has(step)) await this.restart(step);
    const { slot, done } = this.ahead.get(step)!;
    await done;
    this.ahead.delete(step);
    this.taken = { slot, step };
    return this.slots[slot]!;
  }

  /** Another step than the next: all that is under way is thrown away. */
  private async restart(step: number): Promise<void> {
    await Promise.all([...this.ahead.values()].map(({ done }) => done));
    this.ahead.clear();
    this.slots.forEach((_, slot) => {
      this.request(slot, step + slot);
    });
  }

  private request(slot: number, step: number): void {
    if (step >= this.steps) return;
    const waiting = waitingFor(slot);
    this.ahead.set(step, waiting);
    if (this.failure) {
      waiting.settle(this.failure);
      return;
    }
    this.filler.fill(this.slots[slot]!, step);
    const message: SlotMessage = { slot, step };
    this.threads[step % this.threads.length]!.postMessage(message);
  }

  async dispose(): Promise<void> {
    for (const thread of this.threads) thread.removeAllListeners('exit');
    await Promise.all(this.threads.map((thread) => thread.terminate()));
    this.fail(new Error('the batches were disposed of'));
  }
}
