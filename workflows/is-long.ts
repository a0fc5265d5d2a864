import { workflowInfo } from '@temporalio/workflow';

/** Whether the history has become so long that the work had better go on with an empty one. */
export function isLong({
  continueAsNewAfterEvents = Number.POSITIVE_INFINITY,
}: {
  readonly continueAsNewAfterEvents?: number;
}): boolean {
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  return continueAsNewSuggested || historyLength > continueAsNewAfterEvents;
}
