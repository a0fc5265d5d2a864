import { machineText } from './machine.js';

/** A measured figure and its target. */
export interface Aim {
  readonly name: string;
  readonly aim: number;
  readonly measured: number;
  readonly better: 'higher' | 'lower';
}

export function isMet({ aim, measured, better }: Aim): boolean {
  return better === 'higher' ? measured >= aim : measured <= aim;
}

/**
 * Prints the result of a bench: a readable line for each aim, and as the last line one JSON object
 * `{ bench, machine, aims: [{ name, aim, measured, better, met }], ...figures }`.
 */
export function printResult(
  bench: string,
  aims: readonly Aim[],
  figures: Readonly<Record<string, unknown>>,
): void {
  const judged = aims.map((aim) => ({ ...aim, met: isMet(aim) }));
  for (const { name, aim, measured, better, met } of judged) {
    const bound = better === 'higher' ? 'at least' : 'at most';
    process.stdout.write(`${met ? 'met' : 'MISSED'}: ${name}: ${measured} (aim: ${bound} ${aim})\n`);
  }
  process.stdout.write(`${JSON.stringify({ bench, machine: machineText(), aims: judged, ...figures })}\n`);
}
