import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMet } from '../../support/report.js';
import type { Result } from '../results.js';
import { reportText } from './markdown.js';
import type { Provenance } from './provenance.js';
import type { Section } from './section.js';

/**
 * Writes the report: methods.md, methods.json, and the plots in methods/.
 * @param folder output folder
 * @returns the path of the Markdown file
 */
export async function writeReport(
  folder: string,
  sections: readonly Section[],
  provenance: Provenance,
  results: readonly Result[],
): Promise<string> {
  const plots = join(folder, 'methods');
  await mkdir(plots, { recursive: true });
  for (const { file, svg } of sections.flatMap((section) => section.plots)) {
    await writeFile(join(plots, `${file}.svg`), svg());
  }
  const text = reportText(sections, provenance, 'methods');
  const json = {
    bench: 'methods',
    ...provenance,
    aims: sections.flatMap(({ aims }) => aims).map((aim) => ({ ...aim, met: isMet(aim) })),
    sections: sections.map(({ title, tables, verdicts }) => ({ title, tables, verdicts })),
    results,
  };
  await writeFile(join(folder, 'methods.json'), `${JSON.stringify(json, undefined, 1)}\n`);
  const path = join(folder, 'methods.md');
  await writeFile(path, text);
  return path;
}
