import { basename, relative, resolve } from 'node:path';
import { listSource } from '../../learning/datasets/sources/list-source.js';
import type { SourceListing } from '../../learning/datasets/sources/source.js';
import { drawSheet } from '../sheet/draw-sheet.js';
import { expectOut } from '../sheet/expect-out.js';
import { note, print, printJson } from '../streams.js';
import { guessSource, type SourceOptions, sourceText } from '../survey/guess-source.js';
import { hintsOf, imbalance } from '../survey/hints.js';
import { counting } from '../survey/progress.js';
import { sampleSheet } from '../survey/sample-sheet.js';
import { surveyListing } from '../survey/survey.js';
import { surveyLines } from '../survey/survey-text.js';
import { hasColour } from '../table.js';
import { textOf } from '../view/line.js';

export interface DataOptions extends SourceOptions {
  readonly out?: string;
  readonly json?: boolean;
}

/** Names of pictures from where the person is: as they are typed. */
function fromHere({ pictures, ...listing }: SourceListing): SourceListing {
  const here = process.cwd();
  const named = pictures.map((picture) => ({
    ...picture,
    name: relative(here, picture.name) || picture.name,
  }));
  return { ...listing, pictures: named };
}

/** `apprentice data FOLDER`: what a data set holds. */
export async function data(folder: string, { out, json = false, ...options }: DataOptions): Promise<void> {
  if (out !== undefined) await expectOut(out);
  const { source, remarks } = await guessSource(folder, options);
  const listing = fromHere(
    await listSource(source, { field: 'folder', wantsLabels: true, watch: () => undefined }),
  );
  const progress = counting(process.stderr, 'looking at pictures');
  const survey = await surveyListing(listing, (done) => progress.at(done, listing.pictures.length)).finally(
    () => progress.end(),
  );
  const hints = hintsOf(survey);
  if (json) {
    const ratio = imbalance(survey.classes);
    printJson({ source, remarks, ...survey, ...(ratio !== undefined && { imbalance: ratio }), hints });
  } else {
    const columns = process.stdout.isTTY ? process.stdout.columns || 80 : Number.POSITIVE_INFINITY;
    const view = { title: folder, source: sourceText(source), remarks, hints, columns };
    print(...surveyLines(survey, view).map((line) => textOf(line, { columns, colour: hasColour })));
  }
  if (out === undefined) return;
  const { width, height } = await drawSheet(
    await sampleSheet(basename(resolve(folder)), listing, survey),
    out,
  );
  const line = `${out}: ${width} x ${height} pixels`;
  if (json) note(line);
  else print('', line);
}
