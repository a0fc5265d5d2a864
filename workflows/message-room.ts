import { sleep, workflowInfo } from '@temporalio/workflow';

/**
 * Activities and child workflows that one workflow task may start. All of them are one message to the server, which
 * refuses more than four megabytes; each input has at most 64 kilobytes, or is compressed.
 */
const AT_ONCE = 32;

/** Waits until the message of the current workflow task has room for another input. */
export type MessageRoom = () => Promise<void>;

export function messageRoom(): MessageRoom {
  let task = 0;
  let used = 0;
  return async () => {
    for (;;) {
      const { historyLength } = workflowInfo();
      if (historyLength !== task) used = 0;
      task = historyLength;
      if (used++ < AT_ONCE) return;
      // A timer ends the workflow task.
      await sleep(1);
    }
  };
}
