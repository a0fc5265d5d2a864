import type { ModelSpec } from '../../domain/config/model.js';
import { networkText } from '../methods/self-training/generation-view.js';
import { colours } from '../table.js';
import type { Deviation } from './deviations.js';

/** Lists the settings of a run that differ from the defaults. */
export function configText(deviations: readonly Deviation[]): string {
  const rows = deviations.map(({ key, value, default: usual }) => ({
    key,
    value: valueText(key, value),
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
  if (key === 'models') return (value as ModelSpec[]).map(networkText).join(' → ');
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return value.join(', ');
  // A source of images: format and path.
  return Object.values(value)
    .flatMap((part) => (Array.isArray(part) ? `${part.length} × …` : [String(part)]))
    .join(' ');
}
