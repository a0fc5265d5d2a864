/** Entry point of the threads that prefetch augmented batches. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Noise, SlotAugmenter } from './augment-slot.js';
import type { Slot } from './slot.js';

export interface ThreadData {
  readonly noise: Noise;
  readonly slots: readonly Slot[];
}

/** A request to augment a slot. The thread sends it back when done. */
export interface SlotMessage {
  readonly slot: number;
  readonly step: number;
}

const { noise, slots } = workerData as ThreadData;
const augmenter = new SlotAugmenter(noise);

parentPort!.on('message', (message: SlotMessage) => {
  augmenter.augment(slots[message.slot]!, message.step);
  parentPort!.postMessage(message);
});
