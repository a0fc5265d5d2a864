import type { Copy } from '../../learning/survey/copies.js';
import type { Survey } from '../../learning/survey/survey-listing.js';
import { leftOutDetails } from '../view/left-out-lines.js';
import { dim, type Line, styled } from '../view/line.js';
import { countOf, countText } from '../view/quantities.js';
import { indented } from './indented.js';

const EXAMPLES = 5;
const NAMES = 4;

interface Shown {
  /** Names of pictures are shown relative to this folder. */
  readonly root: string;
  readonly room: number;
}

function nameOf(name: string, { root }: Shown): string {
  const within = `${root.replace(/[\\/]+$/, '')}/`;
  return name.startsWith(within) ? name.slice(within.length) : name;
}

function more(left: number, remark: string): Line[] {
  return left > 0 ? [[dim(`… and ${countText(left)} more${remark}`)]] : [];
}

function groupText(group: readonly Copy[], textOf: (copy: Copy) => string): string {
  const left = group.length - NAMES;
  return `${group.slice(0, NAMES).map(textOf).join(' = ')}${left > 0 ? ` and ${countText(left)} more` : ''}`;
}

/** Pictures with the same pixels; those with different labels come last. */
export function copyLines({ copies: { redundant, groups, conflicts } }: Survey, shown: Shown): Line[] {
  if (groups.length === 0) return [['none: no two pictures have the same pixels']];
  const isConflict = new Set(conflicts);
  const alike = groups.filter((group) => !isConflict.has(group));
  const labelled = ({ name, label }: Copy) => `${nameOf(name, shown)} (${label ?? 'no label'})`;
  const lines = (some: typeof groups, textOf: (copy: Copy) => string) =>
    some.slice(0, EXAMPLES).flatMap((group) => indented(groupText(group, textOf), shown.room));
  return [
    [`${countOf(redundant, 'copy', 'copies')} of ${countOf(groups.length, 'picture')}, pixel for pixel`],
    ...lines(alike, ({ name }) => nameOf(name, shown)),
    ...more(alike.length - EXAMPLES, '; --json names all'),
    ...(conflicts.length > 0
      ? [[styled('red', `${countOf(conflicts.length, 'picture')} with more than one label:`)]]
      : []),
    ...lines(conflicts, labelled),
    ...more(conflicts.length - EXAMPLES, '; --json names all'),
  ];
}

/** What was passed over, and what was used in spite of something. */
export function passedOverLines({ leftOut }: Survey, shown: Shown): Line[] {
  return leftOutDetails(leftOut, EXAMPLES, (name) => nameOf(name, shown));
}

/** Pictures that can't be read, with the reason. */
export function unreadableLines({ unreadable }: Survey, shown: Shown): Line[] {
  if (unreadable.length === 0) return [['none']];
  return [
    [styled('red', countOf(unreadable.length, 'picture'))],
    ...unreadable
      .slice(0, EXAMPLES)
      .flatMap(({ picture, reason }) => indented(`${nameOf(picture, shown)}: ${reason}`, shown.room)),
    ...more(unreadable.length - EXAMPLES, '; --json names all'),
  ];
}
