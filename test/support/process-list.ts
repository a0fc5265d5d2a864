import { execFileSync } from 'node:child_process';

export interface ListedProcess {
  readonly pid: number;
  readonly parent: number;
  /** Resident memory. */
  readonly bytes: number;
  readonly command: string;
}

/** Arguments of `ps` for {@link parseProcesses}. */
export const PS_ARGUMENTS: readonly string[] = ['-A', '-o', 'pid=,ppid=,rss=,stat=,args='];

/** Processes by their command lines. The tether ends the server when `up` ends. */
const ROLES = {
  temporal: /^(?!.*end-with-parent).* server start-dev/,
  tether: /end-with-parent/,
  orchestrator: /--role orchestrator/,
  trainer: /--role trainer/,
  child: /worker\/activity\/child\.js/,
} as const;
export type Role = keyof typeof ROLES;

export function roleOf(command: string): Role | undefined {
  return (Object.keys(ROLES) as Role[]).find((role) => ROLES[role].test(command));
}

/** The processes that `ps` lists, without zombies. */
export function parseProcesses(listed: string): ListedProcess[] {
  return listed.split('\n').flatMap((line) => {
    const [, pid, parent, kilobytes, state, command] =
      /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return pid && !state!.startsWith('Z')
      ? [{ pid: Number(pid), parent: Number(parent), bytes: Number(kilobytes) * 1024, command: command! }]
      : [];
  });
}

/** All descendants of a process. */
export function descendants(all: readonly ListedProcess[], root: number): ListedProcess[] {
  const found: ListedProcess[] = [];
  for (let parents = [root]; parents.length > 0; ) {
    const children = all.filter(({ parent }) => parents.includes(parent));
    found.push(...children);
    parents = children.map(({ pid }) => pid);
  }
  return found;
}

/** All descendants of a process that are alive now. */
export function descendantsOf(root: number): ListedProcess[] {
  return descendants(parseProcesses(execFileSync('ps', PS_ARGUMENTS, { encoding: 'utf8' })), root);
}

/** The process of a role below another; undefined while there is none. */
export function processOf(root: number, role: Role): number | undefined {
  return descendantsOf(root).find(({ command }) => ROLES[role].test(command))?.pid;
}
