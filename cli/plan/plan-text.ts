import type { RunPlan } from '../../learning/plan/plan-run.js';
import { harmless } from '../harmless.js';
import { nameOf } from '../methods/self-training/generation-view.js';
import { colours, hasColour, table } from '../table.js';
import { bytesText } from '../texts.js';
import { leftOutDetails } from '../view/left-out-lines.js';
import { textOf } from '../view/line.js';
import { countOf, countText } from '../view/quantities.js';

/** Examples of each kind of picture that is left out. */
const EXAMPLES = 3;

/** Formats a plan as text. */
export function planText({ name, data, generations, disk, problems, warnings }: RunPlan): string {
  const { classes, image, counts, leftOut } = data;
  const canvas = { columns: Number.POSITIVE_INFINITY, colour: hasColour };
  const colour = image.channels === 1 ? 'gray' : 'colour';
  const students = countOf(generations.length - 1, 'student');
  const section = (title: string, ...lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', colours.bold(title), ...lines.map((line) => `  ${line}`)];
  const rows = generations.map((planned) => [
    nameOf(planned.generation),
    planned.network,
    countText(planned.parameters),
    countText(planned.steps),
    countText(planned.labelledSeen),
    countText(planned.unlabelledSeen),
  ]);
  const head = ['', 'network', 'parameters', 'steps', 'labelled', 'pseudo-l.'];
  return [
    `${colours.bold(harmless(name))}: a teacher and ${students}`,
    ...section(
      'Data',
      `${countOf(classes.length, 'class', 'classes')}, model input ${image.width} × ${image.height} pixels, ${colour}`,
      `labelled ${countText(counts.labelled)}   validation ${countText(counts.validation)}   unlabelled ${countText(counts.unlabelled)}   test ${countText(counts.test)}`,
    ),
    ...section(
      'Left out or changed, as far as names and headers show',
      ...leftOutDetails(leftOut, EXAMPLES).map((line) => textOf(line, canvas)),
    ),
    '',
    colours.bold('Trainings, with the number of images that each one processes'),
    ...table(head, rows, { right: [2, 3, 4, 5], indent: '  ' }),
    ...section(
      `Disk: about ${bytesText(disk.total)}`,
      `images ${bytesText(disk.data)}, models ${bytesText(disk.models)}, pseudo-labels ${bytesText(disk.pseudoLabels)}, checkpoints ${bytesText(disk.checkpoints)}`,
    ),
    ...section('Warnings', ...warnings.map((text) => `${colours.yellow('!')} ${harmless(text)}`)),
    ...section('Problems', ...problems.map((text) => `${colours.red('✘')} ${harmless(text)}`)),
  ].join('\n');
}
