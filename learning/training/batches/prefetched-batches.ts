import { Worker } from 'node:worker_threads';
import type { Noise } from './augment-slot.js';
import type { SlotMessage, ThreadData } from './augmentation-thread.js';
import type { SlotFiller } from './fill-slot.js';
import { newSlot, type Slot } from './slot.js';

const THREAD = new URL('./augmentation-thread.js', import.meta.url);

interface PendingSlot {
  readonly slot: number;
  readonly done: Promise<void>;
  readonly settle: (error?: Error) => void;
}

function pendingSlot(slot: number): PendingSlot {
  let settle!: PendingSlot['settle'];
  const done = new Promise<void>((resolve, reject) => {
    settle = (error) => (error ? reject(error) : resolve());
  });
  // take() rethrows the error; until then it must not count as an unhandled rejection.
  done.catch(() => undefined);
  return { slot, done, settle };
}

/** Augments the next batches in threads while earlier steps train, one batch more than threads. The caller disposes it. */
export class PrefetchedBatches {
  private readonly slots: readonly Slot[];
  private readonly threads: readonly Worker[];
  /** Slots in preparation, by step. */
  private readonly pending = new Map<number, PendingSlot>();
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
    thread.on('message', ({ step }: SlotMessage) => this.pending.get(step)?.settle());
    thread.on('error', (error) => this.fail(error as Error));
    thread.on('exit', (code) => this.fail(new Error(`an augmentation thread ended with exit code ${code}`)));
    return thread;
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const { settle } of this.pending.values()) settle(this.failure);
  }

  /** Returns the filled slot of a step. The next call overwrites it. */
  async take(step: number): Promise<Slot> {
    if (this.taken) this.request(this.taken.slot, this.taken.step + this.slots.length);
    if (!this.pending.has(step)) await this.restart(step);
    const { slot, done } = this.pending.get(step)!;
    await done;
    this.pending.delete(step);
    this.taken = { slot, step };
    return this.slots[slot]!;
  }

  /** Drops the batches in preparation, for a step that is not the next one. */
  private async restart(step: number): Promise<void> {
    await Promise.all([...this.pending.values()].map(({ done }) => done));
    this.pending.clear();
    this.slots.forEach((_, slot) => {
      this.request(slot, step + slot);
    });
  }

  private request(slot: number, step: number): void {
    if (step >= this.steps) return;
    const pending = pendingSlot(slot);
    this.pending.set(step, pending);
    if (this.failure) {
      pending.settle(this.failure);
      return;
    }
    this.filler.fill(this.slots[slot]!, step);
    const message: SlotMessage = { slot, step };
    this.threads[step % this.threads.length]!.postMessage(message);
  }

  async dispose(): Promise<void> {
    for (const thread of this.threads) thread.removeAllListeners('exit');
    await Promise.all(this.threads.map((thread) => thread.terminate()));
    this.fail(new Error('the batches are disposed'));
  }
}
