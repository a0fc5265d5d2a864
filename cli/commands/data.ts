import { basename, dirname, join, resolve, sep } from 'node:path';
import type { DataSource } from '../../domain/config/data.js';
import { ConfigurationError } from '../../domain/errors.js';
import { listSource } from '../../learning/datasets/sources/list-source.js';
import type { SourceListing } from '../../learning/datasets/sources/source.js';
import { surveyListing } from '../../learning/survey/survey-listing.js';
import { drawSheet } from '../sheet/draw-sheet.js';
import { expectOut } from '../sheet/expect-out.js';
import { note, print, printJson } from '../streams.js';
import { detectSource, type SourceOptions, sourceText } from '../survey/detect-source.js';
import { hintsOf, imbalance } from '../survey/hints.js';
import { surveyProgress } from '../survey/progress.js';
import { sampleSheet } from '../survey/sample-sheet.js';
import { surveyLines } from '../survey/survey-text.js';
import { hasColour } from '../table.js';
import { textOf } from '../view/line.js';

export interface DataOptions extends SourceOptions {
  readonly out?: string;
  readonly json?: boolean;
}

/** Names pictures relative to the folder as it was given. */
function asGiven(root: string, { pictures, leftOut, ...listing }: SourceListing): SourceListing {
  const within = `${resolve(root)}${sep}`;
  const given = (name: string) => (name.startsWith(within) ? join(root, name.slice(within.length)) : name);
  return {
    ...listing,
    pictures: pictures.map((picture) => ({ ...picture, name: given(picture.name) })),
    leftOut: leftOut.map(({ examples, ...one }) => ({
      ...one,
      examples: examples.map((example) => ({ ...example, name: given(example.name) })),
    })),
  };
}

function rootOf({ format, path }: Extract<DataSource, { path: string }>): string {
  return format === 'csv' ? dirname(path) : path;
}

function expectOutside(out: string, folder: string): void {
  if (!resolve(out).startsWith(`${resolve(folder)}${sep}`)) return;
  throw new ConfigurationError(
    `--out: received "${out}", expected a file outside of "${folder}": inside, the sheet would be one of its pictures`,
  );
}

/** Lists and decodes the pictures with a progress display. */
async function surveySource(source: DataSource, root: string) {
  const progress = surveyProgress(process.stderr);
  let files = 0;
  const context = { field: 'folder', wantsLabels: true, watch: () => progress.found(++files) };
  try {
    const listing = asGiven(root, await listSource(source, context));
    const survey = await surveyListing(listing, (done) => progress.at(done, listing.pictures.length));
    return { listing, survey };
  } finally {
    progress.end();
  }
}

/** `apprentice data FOLDER`: describes a data set. */
export async function data(folder: string, { out, json = false, ...options }: DataOptions): Promise<void> {
  if (out !== undefined) {
    await expectOut(out);
    expectOutside(out, folder);
  }
  const { source, remarks } = await detectSource(folder, options);
  const [title, root] = 'path' in source ? [source.path, rootOf(source)] : [folder, folder];
  const { listing, survey } = await surveySource(source, root);
  const hints = hintsOf(survey);
  if (json) {
    const ratio = imbalance(survey.classes);
    printJson({ source, remarks, ...survey, ...(ratio !== undefined && { imbalance: ratio }), hints });
  } else {
    const columns = process.stdout.isTTY ? process.stdout.columns || 80 : Number.POSITIVE_INFINITY;
    const view = { title, root, source: sourceText(source), remarks, hints, columns };
    print(
      ...surveyLines(survey, view).map((line) =>
        textOf(line, { columns: Number.POSITIVE_INFINITY, colour: hasColour }),
      ),
    );
  }
  if (out === undefined) return;
  const { width, height } = await drawSheet(
    await sampleSheet(basename(resolve(title)), listing, survey),
    out,
  );
  const line = `${out}: ${width} x ${height} pixels`;
  if (json) note(line);
  else print('', line);
}
