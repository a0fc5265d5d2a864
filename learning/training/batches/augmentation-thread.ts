/** The thread in which batches are augmented, ahead of the steps that train on them. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Noise, SlotAugmenter } from './augment-slot.js';
import type { Slot } from './slot.js';

export interface ThreadData {
  readonly noise: Noise;
  readonly slots: readonly Slot[];
}

/** Asks for a slot to be augmented; the same comes back when it is. */
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
