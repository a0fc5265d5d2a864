import { sleep, workflowInfo } from '@temporalio/workflow';

/**
 * Activities and child workflows that one workflow task may start. All of them are one message to the server, which
 * refuses more than four megabytes; each input has at most 64 kilobytes, or is compressed.
 */
const STARTS_PER_TASK = 32;

/** Waits until the current workflow task may start another activity or child workflow. */
export type StartLimit = () => Promise<void>;

export function startLimit(): StartLimit {
  let task = 0;
  let started = 0;
  return async () => {
    for (;;) {
      const { historyLength } = workflowInfo();
      if (historyLength !== task) started = 0;
      task = historyLength;
      if (started++ < STARTS_PER_TASK) return;
      // A timer ends the workflow task.
      await sleep(1);
    }
  };
}
