import { bar } from '../view/bar.js';
import { bold, dim, fill, type Line, styled, widthOf, wrap } from '../view/line.js';
import { countOf, countText, percentText } from '../view/quantities.js';
import { imbalance } from './hints.js';
import type { Survey } from './survey.js';

const WIDEST_NAME = 28;
const WIDEST_BAR = 32;
const HEAD = 12;
const EXAMPLES = 5;
const MOST_CLASSES = 200;

export interface SurveyView {
  readonly title: string;
  readonly source: string;
  readonly remarks: readonly string[];
  readonly hints: readonly string[];
  /** Of the terminal. */
  readonly columns: number;
}

/** Items after a heading at the left, which stands at the first alone. */
function section(heading: string, lines: readonly Line[]): Line[] {
  return lines.map((line, index) => [dim(fill(index === 0 ? heading : '', HEAD)), ...line]);
}

function classSection({ classes, unlabelled }: Survey, columns: number): Line[] {
  if (classes.length === 0) return [];
  const name = Math.min(WIDEST_NAME, Math.max(...classes.map((one) => widthOf(one.name))));
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
    ...(unlabelled > 0 ? [[`${fill('(no label)', name)}  ${countText(unlabelled).padStart(digits)}`]] : []),
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
  const digits = countText(frequent[0]!.pictures).length;
  return [
    [span],
    ...frequent.map((size): Line => {
      const share = percentText(size.pictures / readable, 1).padStart(6);
      return [`${countText(size.pictures).padStart(digits)}  ${share}  ${size.width} x ${size.height}`];
    }),
    ...(different > frequent.length
      ? [[dim(`… and ${countOf(different - frequent.length, 'size')} more`)]]
      : []),
  ];
}

function kindLines({ kinds, formats }: Survey): Line[] {
  const { gray, colour, ...rest } = kinds;
  const words = {
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
  return counted.length === 0 ? [] : [[counted.join(', ')]];
}

function copyLines({ copies: { redundant, groups, conflicts } }: Survey): Line[] {
  if (groups.length === 0) return [['none: no two pictures have the same pixels']];
  const named = conflicts.slice(0, EXAMPLES).map((group): Line => {
    const pictures = group.map(({ name, label }) => `${name} (${label ?? 'no label'})`);
    return [styled('red', 'conflict  '), pictures.join(' = ')];
  });
  const alike = groups.filter((group) => !conflicts.includes(group)).slice(0, EXAMPLES);
  return [
    [`${countOf(redundant, 'copy', 'copies')} of ${countOf(groups.length, 'picture')}, pixel for pixel`],
    ...(conflicts.length > 0
      ? [[styled('red', `${countOf(conflicts.length, 'picture')} in more than one class`)]]
      : []),
    ...named,
    ...(conflicts.length > EXAMPLES
      ? [[dim(`… and ${countText(conflicts.length - EXAMPLES)} conflicts more`)]]
      : []),
    ...alike.map((group): Line => [group.map(({ name }) => name).join(' = ')]),
    ...(groups.length - conflicts.length > EXAMPLES
      ? [[dim(`… and ${countText(groups.length - conflicts.length - EXAMPLES)} more; --json names all`)]]
      : []),
  ];
}

function unreadableLines({ unreadable }: Survey): Line[] {
  if (unreadable.length === 0) return [['none']];
  const more = unreadable.length - EXAMPLES;
  return [
    [styled('red', countOf(unreadable.length, 'picture'))],
    ...unreadable.slice(0, EXAMPLES).map(({ picture, reason }): Line => [`${picture}: ${reason}`]),
    ...(more > 0 ? [[dim(`… and ${countText(more)} more; --json names all`)]] : []),
  ];
}

/** A survey for people. */
export function surveyLines(survey: Survey, { title, source, remarks, hints, columns }: SurveyView): Line[] {
  const room = Number.isFinite(columns) ? columns - HEAD : 100;
  const wrapped = (text: string, mark: string): Line[] =>
    wrap(text, Math.max(20, room - 2)).map((line, index) => [index === 0 ? mark : '  ', line]);
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
    ...section('kinds', kindLines(survey)),
    ...section('copies', copyLines(survey)),
    ...section('unreadable', unreadableLines(survey)),
    [],
    ...section(
      'hints',
      hints.flatMap((hint) => wrapped(hint, '- ')),
    ),
  ];
}
