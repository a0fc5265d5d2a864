import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  descendants,
  PS_ARGUMENTS,
  parseProcesses,
  type Role,
  roleOf,
} from '../../test/support/process-list.js';

const run = promisify(execFile);

/** Names of roles in reports. */
const NAMES: Readonly<Partial<Record<Role, string>>> = {
  child: 'training child',
  trainer: 'trainer worker',
  orchestrator: 'orchestrator worker',
  temporal: 'Temporal server',
};

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
    const { stdout } = await run('ps', [...PS_ARGUMENTS]);
    for (const { bytes, command } of descendants(parseProcesses(stdout), process.pid)) {
      const role = roleOf(command);
      const name = role && NAMES[role];
      if (name) this.peaks.set(name, Math.max(bytes, this.peaks.get(name) ?? 0));
    }
  }
}
