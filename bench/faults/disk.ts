import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const MEGABYTE = new Uint8Array(2 ** 20);
const REMOUNT_TRIES = 50;

/** A disk of its own under a folder, so that it can be full or read-only without harm to others. */
export class SmallDisk {
  private constructor(private readonly folder: string) {}

  /** Undefined where this process may not mount. */
  static mount(folder: string, megabytes: number): SmallDisk | undefined {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    try {
      const options = `size=${megabytes}m,mode=0700`;
      execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
      return new SmallDisk(folder);
    } catch {
      return undefined;
    }
  }

  /** Takes all space that is left. */
  fill(): void {
    const file = openSync(join(this.folder, '.filler'), 'w');
    for (let size = MEGABYTE.length; size > 0; ) {
      try {
        writeSync(file, MEGABYTE, 0, size);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        size = Math.floor(size / 2);
      }
    }
    closeSync(file);
  }

  makeRoom(): void {
    rmSync(join(this.folder, '.filler'), { force: true });
  }

  /** @returns whether it is read-only; a file that is open for writing prevents it */
  async makeReadOnly(): Promise<boolean> {
    for (let tries = 0; tries < REMOUNT_TRIES; tries++) {
      if (this.remount('ro')) return true;
      await sleep(20);
    }
    return false;
  }

  makeWritable(): void {
    this.remount('rw');
  }

  unmount(): void {
    execFileSync('umount', ['-l', this.folder]);
  }

  private remount(mode: 'ro' | 'rw'): boolean {
    try {
      execFileSync('mount', ['-o', `remount,${mode}`, this.folder], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  }
}

/** Whether this process may mount disks. */
export function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'apprentice-mount-'));
  const disk = SmallDisk.mount(folder, 1);
  disk?.unmount();
  rmSync(folder, { recursive: true, force: true });
  return disk !== undefined;
}
