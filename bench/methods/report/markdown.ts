import type { Aim } from '../../support/report.js';
import { timeText } from './figures.js';
import type { Section, TextTable } from './section.js';

/** What the report says of itself. */
export interface Provenance {
  readonly scale: 'full' | 'short';
  readonly command: string;
  readonly data: string;
  readonly seeds: number;
  readonly measured: number;
  readonly planned: number;
  /** Seconds inside trainings. */
  readonly seconds: number;
  readonly machines: readonly string[];
  readonly commits: readonly string[];
  /** The first and the last day of measuring. */
  readonly days: readonly string[];
}

/** Pipes would end a cell. */
const cell = (text: string) => text.replaceAll('|', '\\|');

export function tableText({ head, rows }: TextTable): string {
  const row = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  const marks = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [row(head), row(marks), ...rows.map(row)].join('\n');
}

export function isMet({ aim, measured, better }: Aim): boolean {
  return better === 'higher' ? measured >= aim : measured <= aim;
}

function aimRow(aim: Aim): string[] {
  const bound = aim.better === 'higher' ? 'at least' : 'at most';
  const outcome = Number.isFinite(aim.measured) ? (isMet(aim) ? 'met' : '**missed**') : 'not measured';
  const measured = Number.isFinite(aim.measured) ? String(aim.measured) : '·';
  return [aim.name, `${bound} ${aim.aim}`, measured, outcome];
}

function about(from: Provenance): string {
  const { scale, command, data, seeds, measured, planned, seconds, machines, commits, days } = from;
  const what =
    scale === 'short'
      ? '**A short version**: a fifth of the steps and fewer cells. It shows that everything works; only the full version says how good the methods are.'
      : 'The full version.';
  const part =
    measured < planned ? ` **${planned - measured} of ${planned} cells are not measured yet** (·).` : '';
  return [
    `${what}${part}`,
    '',
    `- Data: ${data}; ${seeds === 1 ? 'one seed' : `${seeds} seeds, each with another split, other weights and other noise`}.`,
    `- Command: \`${command}\``,
    `- Machine: ${machines.join('; ') || 'none yet'}. ${timeText(seconds)} inside trainings.`,
    `- Measured ${[...new Set(days)].join(' to ') || 'never'} at ${commits.join(', ') || 'no commit'}.`,
    '',
    'Test accuracy in percent, mean ± deviation over the seeds. Weights, steps and methods are chosen on validation; test is measured once and chooses nothing. "Beats" means: by more than twice the standard error of the difference.',
  ].join('\n');
}

function sectionText({ title, about, tables, plots, verdicts, notes = [] }: Section, folder: string): string {
  return [
    `## ${title}`,
    about,
    ...plots.map(({ file, alt }) => `![${alt}](${folder}/${file}.svg)`),
    ...tables.map(tableText),
    ...(verdicts.length === 0 ? [] : [verdicts.map(({ text }) => `- ${text}`).join('\n')]),
    ...notes,
  ].join('\n\n');
}

/**
 * The report as Markdown.
 * @param folder where the plots lie, from the report's point of view
 */
export function reportText(sections: readonly Section[], provenance: Provenance, folder: string): string {
  const aims = sections.flatMap((section) => section.aims);
  const failed = sections.flatMap((section) => section.verdicts).filter(({ outcome }) => outcome === 'does not beat');
  const plain =
    failed.length === 0
      ? 'Every method that is measured is above its own baseline.'
      : `Not above its own baseline: ${failed.map(({ method, baseline }) => `${method} (against ${baseline})`).join('; ')}.`;
  return `${[
    '# Every method, measured',
    about(provenance),
    '## Aims',
    tableText({ head: ['aim', 'asked', 'measured', ''], rows: aims.map(aimRow) }),
    plain,
    ...sections.map((section) => sectionText(section, folder)),
  ].join('\n\n')}\n`;
}
