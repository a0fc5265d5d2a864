import { CancellationScope, CancelledFailure, ContinueAsNew, isCancellation } from '@temporalio/workflow';

/** Does work, and shows how it ended; one that continues as new has not. */
export async function untilClosed<T>(
  work: () => Promise<T>,
  show: (status: 'completed' | 'cancelled' | 'failed') => void = () => undefined,
): Promise<T> {
  try {
    const result = await work();
    show('completed');
    return result;
  } catch (error) {
    if (error instanceof ContinueAsNew) throw error;
    const isCancelled = CancellationScope.current().consideredCancelled;
    show(isCancelled ? 'cancelled' : 'failed');
    // A step that was lost while it was asked to end is not a failure of the work.
    throw isCancelled && !isCancellation(error) ? new CancelledFailure('cancelled') : error;
  }
}
