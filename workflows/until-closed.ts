import { CancellationScope, CancelledFailure, ContinueAsNew, isCancellation } from '@temporalio/workflow';

/** Runs work and reports its final status. Continue-as-new is not an end. */
export async function untilClosed<T>(
  work: () => Promise<T>,
  report: (status: 'completed' | 'cancelled' | 'failed') => void = () => undefined,
): Promise<T> {
  try {
    const result = await work();
    report('completed');
    return result;
  } catch (error) {
    if (error instanceof ContinueAsNew) throw error;
    const isCancelled = CancellationScope.current().consideredCancelled;
    report(isCancelled ? 'cancelled' : 'failed');
    // An activity that died after the cancel request did not fail.
    throw isCancelled && !isCancellation(error) ? new CancelledFailure('cancelled') : error;
  }
}
