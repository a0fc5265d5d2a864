const WINDOW_MILLISECONDS = 5000;

/** Measures the speed of a task over the last five seconds. */
export class ProgressMeter {
  private readonly marks: Array<{ readonly at: number; readonly done: number }> = [];

  /** Returns units per second since the oldest call in the window; 0 at the first call. */
  rate(done: number, now: number = performance.now()): number {
    this.marks.push({ at: now, done });
    while (this.marks.length > 2 && now - this.marks[0]!.at > WINDOW_MILLISECONDS) this.marks.shift();
    const oldest = this.marks[0]!;
    return now > oldest.at ? ((done - oldest.done) * 1000) / (now - oldest.at) : 0;
  }
}
