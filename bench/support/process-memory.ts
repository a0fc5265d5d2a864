import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Roles of processes, by command line. */
const ROLES: ReadonlyArray<readonly [string, RegExp]> = [
  ['training child', /activity\/child\.js/],
  ['trainer worker', /--role trainer/],
  ['orchestrator worker', /--role orchestrator/],
  ['Temporal server', /server start-dev/],
];

/** Samples the peak resident memory of this process's descendants, by role, in bytes. */
export class ProcessMemory {
  readonly peaks = new Map<string, number>();
  private readonly timer: NodeJS.Timeout;

  constructor(everyMs = 500) {
    this.timer = setInterval(() => void this.sample().catch(() => undefined), everyMs);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async sample(): Promise<void> {
    const { stdout } = await run('ps', ['-axo', 'pid=,ppid=,rss=,args=']);
    const processes = stdout.split('\n').flatMap((line) => {
      const [, pid, parent, kilobytes, command] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return pid
        ? [{ pid: Number(pid), parent: Number(parent), bytes: Number(kilobytes) * 1024, command: command! }]
        : [];
    });
    const ours = new Set([process.pid]);
    // A child follows its parent in the list, unless pids wrapped around; two passes handle that.
    for (let pass = 0; pass < 2; pass++) {
      for (const { pid, parent } of processes) if (ours.has(parent)) ours.add(pid);
    }
    for (const { pid, bytes, command } of processes) {
      const role = ROLES.find(([, pattern]) => pattern.test(command))?.[0];
      if (role && ours.has(pid)) this.peaks.set(role, Math.max(bytes, this.peaks.get(role) ?? 0));
    }
  }
}
