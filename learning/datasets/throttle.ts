type OnProgress = (done: number, total: number) => void;

/** Reports progress at most once per interval, and always its end. */
export function throttle(onProgress: OnProgress, everyMs: number): OnProgress {
  let reportedAt = Number.NEGATIVE_INFINITY;
  return (done, total) => {
    if (done !== total && performance.now() - reportedAt < everyMs) return;
    reportedAt = performance.now();
    onProgress(done, total);
  };
}
