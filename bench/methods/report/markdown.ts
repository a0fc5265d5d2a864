import { type Aim, isMet } from '../../support/report.js';
import { differenceText, type Verdict } from './compare.js';
import { NOT_MEASURED, timeText } from './figures.js';
import type { Provenance } from './provenance.js';
import type { Section, TextTable } from './section.js';

/** Escapes pipes, which would end a cell. */
const cell = (text: string) => text.replaceAll('|', '\\|');

export function tableText({ head, rows }: TextTable): string {
  const row = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  const marks = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [row(head), row(marks), ...rows.map(row)].join('\n');
}

function aimRow(aim: Aim): string[] {
  const bound = aim.better === 'higher' ? 'at least' : 'at most';
  const outcome = Number.isFinite(aim.measured) ? (isMet(aim) ? 'met' : '**missed**') : 'not measured';
  const measured = Number.isFinite(aim.measured) ? String(aim.measured).replace('-', '−') : NOT_MEASURED;
  return [aim.name, `${bound} ${aim.aim}`, measured, outcome];
}

function about(from: Provenance): string {
  const { scale, command, data, seeds, measured, planned, seconds, machines, commits, days } = from;
  const what =
    scale === 'short'
      ? '**A short version**: a tenth of the steps, networks of a quarter of the weights, and fewer cells. It shows that everything works; only the full version compares the methods.'
      : 'The full version.';
  const part =
    measured < planned ? ` **${planned - measured} of ${planned} cells are not measured yet** (·).` : '';
  return [
    `${what}${part}`,
    '',
    `- Data: ${data}; ${seeds === 1 ? 'one seed' : `${seeds} seeds, each with another split, other weights and other noise`}.`,
    `- Command: \`${command}\``,
    `- Machine: ${machines.join('; ') || 'none yet'}. ${timeText(seconds)} of training.`,
    `- Measured ${[...new Set(days)].join(' to ') || 'never'} at ${commits.join(', ') || 'no commit'}.`,
    '',
    'Test accuracy in percent, mean ± deviation over the seeds. Weights, steps and methods are chosen on validation; test is measured once and chooses nothing. "Beats" means by more than twice the standard error of the difference, the larger one of the seeds and the test images.',
  ].join('\n');
}

const OUTCOMES: Readonly<Record<Verdict['outcome'], string>> = {
  beats: 'beats it',
  'within chance': 'above, within chance',
  'does not beat': '**does not beat it**',
  'not measured': 'not measured',
};

function outcomeText({ outcome, isSmall }: Verdict): string {
  return `${OUTCOMES[outcome]}${outcome === 'does not beat' && isSmall ? ', within chance' : ''}`;
}

/** A table of the comparisons with baselines. */
function verdictText(verdicts: readonly Verdict[]): string[] {
  const measured = verdicts.filter(({ outcome }) => outcome !== 'not measured');
  if (measured.length === 0) return [];
  const rows = measured.map((verdict) => [
    verdict.method,
    verdict.baseline,
    differenceText(verdict),
    outcomeText(verdict),
  ]);
  return [tableText({ head: ['method', 'against', 'difference', ''], rows })];
}

function sectionText({ title, about, tables, plots, verdicts, notes = [] }: Section, folder: string): string {
  return [
    `## ${title}`,
    about,
    ...tables.map(tableText),
    ...plots.map(({ file, alt }) => `![${alt}](${folder}/${file}.svg)`),
    ...verdictText(verdicts),
    ...notes,
  ].join('\n\n');
}

function verdictSummary(verdicts: readonly Verdict[]): string {
  const of = (outcome: Verdict['outcome']) => verdicts.filter((verdict) => verdict.outcome === outcome);
  const failed = of('does not beat');
  const measured = verdicts.length - of('not measured').length;
  const counts = `Of ${measured} comparisons with a baseline, the method beats it in ${of('beats').length}, and is above it within chance in ${of('within chance').length} more.`;
  if (failed.length === 0) return `${counts} None is below its baseline.`;
  const lines = failed.map((verdict) => {
    const chance = verdict.isSmall ? ', within chance' : '';
    return `- ${verdict.method}, against ${verdict.baseline}: ${differenceText(verdict)}${chance}`;
  });
  return `${counts} **Not above its baseline:**\n\n${lines.join('\n')}`;
}

/**
 * The report as Markdown.
 * @param folder folder of the plots, relative to the report
 */
export function reportText(sections: readonly Section[], provenance: Provenance, folder: string): string {
  const aims = sections.flatMap((section) => section.aims);
  const verdicts = sections.flatMap((section) => section.verdicts);
  return `${[
    '# Every method, measured',
    about(provenance),
    '## Aims',
    tableText({ head: ['aim', 'target', 'measured', ''], rows: aims.map(aimRow) }),
    verdictSummary(verdicts),
    ...sections.map((section) => sectionText(section, folder)),
  ].join('\n\n')}\n`;
}
