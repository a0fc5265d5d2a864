type OnProgress = (done: number, total: number) => void;

/** Passes progress on at most so often; the end always. */
export function throttle(onProgress: OnProgress, everyMs: number): OnProgress {
  let told = Number.NEGATIVE_INFINITY;
  return (done, total) => {
    if (done !== total && performance.now() - told < everyMs) return;
    told = performance.now();
    onProgress(done, total);
  };
}
