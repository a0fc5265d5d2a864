import type { Survey } from '../../learning/survey/survey-listing.js';
import { bar } from '../view/bar.js';
import { bold, dim, fill, type Line, styled, widthOf } from '../view/line.js';
import { countOf, countText, percentText } from '../view/quantities.js';
import { imbalance } from './hints.js';
import { indented } from './indented.js';
import { copyLines, passedOverLines, unreadableLines } from './problem-lines.js';

const WIDEST_NAME = 28;
const WIDEST_BAR = 32;
const HEAD = 12;
const MOST_CLASSES = 200;
const NO_LABEL = '(no label)';

export interface SurveyView {
  readonly title: string;
  /** Names of pictures are shown relative to this folder. */
  readonly root: string;
  readonly source: string;
  readonly remarks: readonly string[];
  readonly hints: readonly string[];
  /** Width of the terminal; Infinity leaves lines whole. */
  readonly columns: number;
}

/** Lines with a heading to the left of the first one. */
function section(heading: string, lines: readonly Line[]): Line[] {
  return lines.map((line, index) => [dim(fill(index === 0 ? heading : '', HEAD)), ...line]);
}

function classSection({ classes, unlabelled }: Survey, columns: number): Line[] {
  if (classes.length === 0) return [];
  const names = [...classes.map((one) => one.name), ...(unlabelled > 0 ? [NO_LABEL] : [])];
  const name = Math.min(WIDEST_NAME, Math.max(...names.map(widthOf)));
  const most = Math.max(1, ...classes.map(({ pictures }) => pictures));
  const digits = countText(most).length;
  const width = Math.max(4, Math.min(WIDEST_BAR, columns - name - digits - 8));
  const lines: Line[] = classes
    .slice(0, MOST_CLASSES)
    .map(({ name: own, pictures, unreadable }) => [
      `${fill(own, name)}  ${countText(pictures).padStart(digits)}  `,
      styled('green', bar(pictures / most, width).filled),
      ...(unreadable > 0 ? [styled('red', ` ${unreadable} unreadable`)] : []),
    ]);
  const more = classes.length - MOST_CLASSES;
  const ratio = imbalance(classes);
  return [
    ...lines,
    ...(more > 0 ? [[dim(`… and ${countText(more)} classes more`)]] : []),
    ...(unlabelled > 0 ? [[`${fill(NO_LABEL, name)}  ${countText(unlabelled).padStart(digits)}`]] : []),
    ...(ratio === undefined ? [] : [[dim(imbalanceText(ratio))]]),
  ];
}

function imbalanceText(ratio: number): string {
  if (ratio === 1) return 'all classes are of the same size';
  if (!Number.isFinite(ratio)) return 'a class is empty';
  return `the largest class is ${ratio.toFixed(ratio < 10 ? 2 : 0)} times the smallest`;
}

function sizeLines({ sizes, readable }: Survey): Line[] {
  if (!sizes) return [];
  const { width, height, different, frequent } = sizes;
  if (different === 1) return [[`all ${width.least} x ${height.least}`]];
  const span = `width ${width.least} to ${width.most}, median ${width.median}; height ${height.least} to ${height.most}, median ${height.median}`;
  const repeated = frequent.filter(({ pictures }) => pictures > 1);
  const digits = countText(frequent[0]!.pictures).length;
  return [
    [span],
    ...repeated.map((size): Line => {
      const share = percentText(size.pictures / readable, 1).padStart(6);
      return [`${countText(size.pictures).padStart(digits)}  ${share}  ${size.width} x ${size.height}`];
    }),
    ...(different > repeated.length
      ? [[dim(`${countOf(different - repeated.length, repeated.length > 0 ? 'other size' : 'size')}`)]]
      : []),
  ];
}

function kindsText({ kinds, formats }: Survey): string {
  const { gray, colour, ...rest } = kinds;
  const words = {
    colourless: 'gray stored as colour',
    alpha: 'alpha',
    exifTurned: 'EXIF-turned',
    animated: 'animated',
    cmyk: 'CMYK',
    sixteenBit: '16-bit',
  };
  const names = { jpeg: 'JPEG', png: 'PNG', webp: 'WebP', pixels: 'raw' } as Record<string, string>;
  const counted = [
    ...Object.entries(formats).map(([format, count]) => `${names[format]} ${countText(count)}`),
    ...(gray > 0 ? [`gray ${countText(gray)}`] : []),
    ...(colour > 0 ? [`colour ${countText(colour)}`] : []),
    ...Object.entries(rest).flatMap(([kind, count]) =>
      count > 0 ? [`${words[kind as keyof typeof words]} ${countText(count)}`] : [],
    ),
  ];
  return counted.join(', ');
}

/** A survey for people. */
export function surveyLines(survey: Survey, view: SurveyView): Line[] {
  const { title, root, source, remarks, hints, columns } = view;
  const room = columns - HEAD;
  const shown = { root, room };
  const { pictures, classes } = survey;
  const counted = [
    countOf(pictures, 'picture'),
    ...(classes.length > 0 ? [countOf(classes.length, 'class', 'classes')] : []),
  ];
  return [
    [bold(title)],
    [`${counted.join(', ')}; ${source}`],
    ...remarks.map((remark): Line => [styled('yellow', remark)]),
    [],
    ...section('classes', classSection(survey, room)),
    ...section('sizes', sizeLines(survey)),
    ...section('kinds', indented(kindsText(survey), room)),
    ...section('copies', copyLines(survey, shown)),
    ...section('unreadable', unreadableLines(survey, shown)),
    ...section('left out', passedOverLines(survey, shown)),
    [],
    ...section(
      'hints',
      hints.flatMap((hint) => indented(`- ${hint}`, room)),
    ),
  ];
}
