import { execFileSync } from 'node:child_process';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** The processes of a world, by their command lines. The tether ends the server when `up` ends. */
export const ROLES = {
  temporal: /^(?!.*end-with-parent).* server start-dev/,
  tether: /end-with-parent/,
  orchestrator: /--role orchestrator/,
  trainer: /--role trainer/,
  child: /worker\/activity\/child\.js/,
} as const;
export type Role = keyof typeof ROLES;

/** All descendants of a process that are alive. */
export function descendantsOf(root: number): Process[] {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' });
  const all = listed.split('\n').flatMap((line) => {
    const [, pid, parent, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return pid && !state!.startsWith('Z')
      ? [{ pid: Number(pid), parent: Number(parent), command: command! }]
      : [];
  });
  const found: Process[] = [];
  for (let parents = [root]; parents.length > 0; ) {
    const children = all.filter(({ parent }) => parents.includes(parent));
    found.push(...children);
    parents = children.map(({ pid }) => pid);
  }
  return found;
}

/** The process of a role below another; undefined while there is none. */
export function processOf(root: number, role: Role): number | undefined {
  return descendantsOf(root).find(({ command }) => ROLES[role].test(command))?.pid;
}

/** Sends a signal; a process that has ended already needs none. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
