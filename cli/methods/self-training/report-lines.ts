import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import type { GenerationRecord, SelfTrainingReport } from '../../../domain/methods/self-training.js';
import { quoted } from '../../quoted.js';
import { NO_LINES } from '../../table.js';
import { bold, dim, type Line } from '../../view/line.js';
import { countText, durationText, percentText, pointsText } from '../../view/quantities.js';
import type { ViewOptions } from '../../view/view-options.js';
import { nameOf } from './generation-view.js';

/** A table of the generations, the folder of the best model, and the command that uses it. */
export function generationLines(report: SelfTrainingReport, options: ViewOptions): Line[] {
  return [...tableLines(report), [], ...modelLines(report, options)];
}

function tableLines({ generations, model }: SelfTrainingReport): Line[] {
  const teacher = generations[0];
  const isTested = generations.some(({ test }) => test);
  const table = new Table({
    head: [
      '',
      ...(isTested ? ['test', 'vs teacher'] : []),
      'validation',
      'parameters',
      'ECE',
      'time',
      'promoted',
    ],
    chars: { ...NO_LINES, left: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: ['left', ...Array(isTested ? 6 : 4).fill('right'), 'left'],
  });
  for (const record of generations) table.push(rowOf(record, teacher, isTested));
  const [head = '', ...rows] = table.toString().split('\n');
  return [
    [dim(head.trimEnd())],
    ...rows.map(
      (row, index): Line =>
        generations[index]?.generation === model.generation ? [bold(row.trimEnd())] : [row.trimEnd()],
    ),
    [dim('  ECE: expected calibration error, lower is better. Time: training only.')],
  ];
}

function rowOf(record: GenerationRecord, teacher: GenerationRecord | undefined, isTested: boolean): string[] {
  const { generation, model, test, promoted, version } = record;
  const gain =
    test && teacher?.test && generation > 0 ? pointsText(test.accuracy - teacher.test.accuracy) : '';
  return [
    nameOf(generation),
    ...(isTested ? [test ? percentText(test.accuracy) : '', gain] : []),
    percentText(model.validation.accuracy),
    countText(model.parameters),
    percentText((test ?? model.validation).calibrationError),
    durationText(model.trainingSeconds),
    promoted ? (version ? `version ${version}` : 'in this run') : 'no',
  ];
}

function modelLines({ model, version, name }: SelfTrainingReport, options: ViewOptions): Line[] {
  const { storeUrl, command, picture, folder: current } = options;
  const folder = storeUrl ? pathOf(storeUrl, model.modelKey) : model.modelKey;
  const words = [
    'predict',
    shortPath(folder, current),
    picture ? shortPath(picture, current) : 'PICTURE',
  ].map(quoted);
  return [
    version
      ? [bold(`Promoted model: ${nameOf(model.generation)}`), `, version ${version} of "${name}". Folder:`]
      : [
          bold(`Best model of this run: ${nameOf(model.generation)}`),
          `; "${name}" keeps its earlier champion. Folder:`,
        ],
    [`  ${folder}`],
    [],
    ['Classify a picture with it:'],
    ['  ', bold([command, ...words].join(' '))],
  ];
}

/** Returns a path relative to the current folder if it is within. */
function shortPath(path: string, folder: string | undefined): string {
  return folder && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
}

/** The folder of model.json: a local path if the store is a folder. */
function pathOf(storeUrl: string, key: string): string {
  const base = storeUrl.startsWith('file:') ? fileURLToPath(storeUrl) : storeUrl;
  return `${base.replace(/\/$/, '')}/${key}`;
}
