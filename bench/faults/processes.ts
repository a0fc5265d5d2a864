export { descendantsOf, processOf, type Role } from '../../test/support/process-list.js';

/** Sends a signal; a process that has ended already needs none. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
