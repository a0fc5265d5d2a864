/** Lets runs that only read variables go side by side, and one that assigns them alone, in the order of the calls. */
export class ReadWriteLock {
  private assigning: Promise<unknown> | undefined;
  private readonly reading = new Set<Promise<unknown>>();

  /** Whether a run of this kind would have to wait. */
  isBusy(assigns: boolean): boolean {
    return this.assigning !== undefined || (assigns && this.reading.size > 0);
  }

  take<T>(assigns: boolean, run: () => Promise<T>): Promise<T> {
    const before = assigns ? [this.assigning, ...this.reading] : [this.assigning];
    const mine = this.isBusy(assigns) ? Promise.allSettled(before).then(run) : run();
    const done: Promise<void> = mine.then(
      () => this.leave(done),
      () => this.leave(done),
    );
    if (assigns) this.assigning = done;
    else this.reading.add(done);
    return mine;
  }

  private leave(done: Promise<unknown>): void {
    this.reading.delete(done);
    if (this.assigning === done) this.assigning = undefined;
  }
}
