import type { GenerationRecord } from '../../../domain/methods/self-training.js';
import type { Evaluation } from '../../../domain/records.js';
import { table } from '../../table.js';
import { countText, durationText, percentText } from '../../view/quantities.js';
import { nameOf } from './generation-view.js';

/** The measurements of all generations that are done, side by side. */
export function measuresText(generations: readonly GenerationRecord[]): string {
  const isTested = generations.some(({ test }) => test);
  const head = [
    '',
    'parameters',
    'training',
    'validation',
    'balanced',
    'ECE',
    ...(isTested ? ['test', 'ECE'] : []),
  ];
  const rows = generations.map(({ generation, model, test }) => [
    nameOf(generation),
    countText(model.parameters),
    durationText(model.trainingSeconds),
    ...shares(model.validation),
    percentText(model.validation.calibrationError),
    ...(test ? [percentText(test.accuracy), percentText(test.calibrationError)] : []),
  ]);
  return table(head, rows, { right: [1, 2, 3, 4, 5, 6, 7], indent: '  ' }).join('\n');
}

function shares({ accuracy, balancedAccuracy }: Evaluation): string[] {
  return [percentText(accuracy), percentText(balancedAccuracy)];
}
