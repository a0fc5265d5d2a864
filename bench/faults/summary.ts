import { METHOD_NAMES } from '../../domain/methods.js';
import { FAULT_NAMES, FAULTS, type Fault } from './faults.js';
import type { CaseResult } from './run-case.js';

/** How often each fault struck a run of each method, as lines of a table. */
export function countLines(results: readonly CaseResult[]): string[] {
  const widest = Math.max(...FAULT_NAMES.map((name) => name.length));
  const short = METHOD_NAMES.map((method) => method.slice(0, 8).padStart(8));
  const rows = FAULT_NAMES.map((fault) => {
    const counts = METHOD_NAMES.map((method) => {
      const struck = results.flatMap(({ case: { method: its, faults }, struck: texts }) =>
        its === method ? faults.filter(({ name }, place) => name === fault && texts[place]) : [],
      );
      return String(struck.length || '·').padStart(8);
    });
    return `${fault.padEnd(widest)} ${counts.join(' ')}`;
  });
  return [`${''.padEnd(widest)} ${short.join(' ')}`, ...rows];
}

/** The faults that can't be tried on this machine, and why. */
export function untriedLines(hasDisk: boolean): string[] {
  const onDisk = FAULT_NAMES.filter((name) => (FAULTS[name] as Fault).needsDisk);
  return [
    ...(hasDisk ? [] : [`NOT TRIED: ${onDisk.join(', ')}: this process may not mount a disk of its own`]),
    'NOT TRIED: steps of the clock: they would reach every process of the machine',
  ];
}
