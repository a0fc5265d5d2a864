/**
 * Lock of a program's variables: runs that only read them overlap, a run that assigns them runs alone, in the order of
 * the calls.
 */
export class ReadWriteLock {
  private assigning: Promise<unknown> | undefined;
  private readonly reading = new Set<Promise<unknown>>();

  /** Whether a run of this kind must wait. */
  isBusy(assigns: boolean): boolean {
    return this.assigning !== undefined || (assigns && this.reading.size > 0);
  }

  /** Runs as soon as all earlier conflicting runs have ended. */
  run<T>(assigns: boolean, run: () => Promise<T>): Promise<T> {
    const before = assigns ? [this.assigning, ...this.reading] : [this.assigning];
    const result = this.isBusy(assigns) ? Promise.allSettled(before).then(run) : run();
    const done: Promise<void> = result.then(
      () => this.release(done),
      () => this.release(done),
    );
    if (assigns) this.assigning = done;
    else this.reading.add(done);
    return result;
  }

  private release(done: Promise<unknown>): void {
    this.reading.delete(done);
    if (this.assigning === done) this.assigning = undefined;
  }
}
