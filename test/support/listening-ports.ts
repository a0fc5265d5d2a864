import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface Listener {
  readonly ip: string;
  readonly port: number;
}

/** The TCP ports at which a process listens. */
export function listeningPorts(pid: number): Listener[] {
  return process.platform === 'linux' ? onLinux(pid) : byLsof(pid);
}

const LISTEN = '0A';

function onLinux(pid: number): Listener[] {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        // Closed meanwhile.
        return [];
      }
    }),
  );
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === LISTEN && sockets.has(fields[9]!))
      .map(([, local]) => {
        const [ip, port] = local!.split(':') as [string, string];
        return { ip: ip === '0100007F' ? '127.0.0.1' : ip, port: Number.parseInt(port, 16) };
      }),
  );
}

function byLsof(pid: number): Listener[] {
  const args = ['-nP', '-iTCP', '-sTCP:LISTEN', '-a', '-p', String(pid), '-Fn'];
  return execFileSync('lsof', args, { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const [, ip, port] = /^n(.*):(\d+)$/.exec(line) ?? [];
      return ip && port ? [{ ip, port: Number(port) }] : [];
    });
}
