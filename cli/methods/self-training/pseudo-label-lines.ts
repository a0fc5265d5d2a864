import type { PseudoLabelClassCount, PseudoLabelRecord } from '../../../domain/pseudo-labels.js';
import { INDENT, label } from '../../view/activity-lines.js';
import { dim, type Line, styled, wrap } from '../../view/line.js';
import { countText } from '../../view/quantities.js';
import { classLines } from './class-lines.js';

/**
 * The result of pseudo-labelling: kept and dropped images, classes if there is room, and warnings about classes without
 * confident images.
 * @param classRows maximum lines of the class bars
 */
export function pseudoLabelLines(labels: PseudoLabelRecord, columns: number, classRows: number): Line[] {
  const { kept, dropped, images, examples, byClass, unlisted } = labels;
  const left = Object.values(unlisted ?? {}).reduce((sum, count) => sum + count, 0);
  const repeated = examples > kept ? `; balanced to ${countText(examples)}` : '';
  return [
    [
      label('labels'),
      styled('green', countText(kept)),
      ` of ${countText(images)} images kept, ${countText(dropped)} dropped`,
      dim(repeated),
    ],
    ...classLines(byClass, columns, classRows, left),
    ...warning(
      labels,
      'missing',
      columns,
      (names) => `no picture was labelled ${names}: the student has no such pseudo-labels`,
    ),
    ...warning(
      labels,
      'taken-below-threshold',
      columns,
      (names) => `no picture of ${names} reached the threshold: the most confident ones were taken`,
    ),
  ];
}

function andMore(names: readonly string[], more: number): string {
  return more > 0 ? `${names.join(', ')} and ${countText(more)} more` : names.join(', ');
}

function warning(
  { byClass, unlisted }: PseudoLabelRecord,
  status: PseudoLabelClassCount['status'],
  columns: number,
  textFor: (names: string) => string,
): Line[] {
  const names = byClass.filter((entry) => entry.status === status).map(({ className }) => className);
  const all = names.length + (unlisted?.[status] ?? 0);
  if (all === 0) return [];
  const named = all > 4 ? names.slice(0, 3) : names;
  const listed = named.length === 0 ? `${countText(all)} classes` : andMore(named, all - named.length);
  return wrap(textFor(listed), columns - INDENT - 2).map((text, index) => [
    ' '.repeat(INDENT),
    styled('yellow', `${index === 0 ? '! ' : '  '}${text}`),
  ]);
}
