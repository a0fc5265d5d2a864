import { randomBytes } from 'node:crypto';

/** `name-yyyymmdd-xxxx` */
export function newRunId(name: string): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  return `${name}-${day}-${randomBytes(2).toString('hex')}`;
}
