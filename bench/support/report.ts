import { machineText } from './machine.js';

/** A figure that an issue asks for, and whether it is reached. */
export interface Aim {
  readonly name: string;
  readonly aim: number;
  readonly measured: number;
  readonly better: 'higher' | 'lower';
}

/** Ends a bench: its aims for a person, and as its last line everything as JSON. */
export function printResult(
  bench: string,
  aims: readonly Aim[],
  figures: Readonly<Record<string, unknown>>,
): void {
  const judged = aims.map((aim) => ({
    ...aim,
    met: aim.better === 'higher' ? aim.measured >= aim.aim : aim.measured <= aim.aim,
  }));
  for (const { name, aim, measured, better, met } of judged) {
    const bound = better === 'higher' ? 'at least' : 'at most';
    process.stdout.write(`${met ? 'met' : 'MISSED'}: ${name}: ${measured} (aim: ${bound} ${aim})\n`);
  }
  process.stdout.write(`${JSON.stringify({ bench, machine: machineText(), aims: judged, ...figures })}\n`);
}
