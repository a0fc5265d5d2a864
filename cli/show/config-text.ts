import { isMapping } from '../../domain/config/known-keys.js';
import { type ModelSpec, networkText } from '../../domain/config/model.js';

import { harmless } from '../harmless.js';
import { colours } from '../table.js';
import type { Deviation } from './deviations.js';

/** Lists the settings of a run that differ from the defaults. */
export function configText(deviations: readonly Deviation[]): string {
  const rows = deviations.map(({ key, value, default: usual }) => ({
    key,
    value: harmless(valueText(key, value)),
    usual: isPlain(usual) ? colours.dim(`  (default ${valueText(key, usual)})`) : '',
  }));
  const width = Math.max(...rows.map(({ key }) => key.length));
  return [
    colours.bold('Configuration (deviations from the defaults)'),
    ...rows.map(({ key, value, usual }) => `  ${key.padEnd(width)}  ${value}${usual}`),
  ].join('\n');
}

function isPlain(value: unknown): boolean {
  return value !== undefined && typeof value !== 'object';
}

function valueText(key: string, value: unknown): string {
  if (Array.isArray(value)) return listText(key, value);
  if (typeof value !== 'object' || value === null) return String(value);
  // A source of images: its format, then where it is.
  return Object.values(value)
    .flatMap((part) => (Array.isArray(part) ? `${part.length} × …` : [String(part)]))
    .join(' ');
}

function listText(key: string, items: readonly unknown[]): string {
  if (items.length === 0) return 'none';
  // Self-training's networks; a robustness run names its models.
  if (key === 'models' && isMapping(items[0])) return (items as ModelSpec[]).map(networkText).join(' → ');
  return items.map((item) => (isMapping(item) ? (item['kind'] ?? JSON.stringify(item)) : item)).join(', ');
}
