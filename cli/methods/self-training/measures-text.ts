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
    model.validation.calibrationError.toFixed(3),
    ...(test ? [percentText(test.accuracy), test.calibrationError.toFixed(3)] : []),
  ]);
  return table(head, rows, { right: [1, 2, 3, 4, 5, 6, 7], indent: '  ' });
}

function shares({ accuracy, balancedAccuracy }: Evaluation): string[] {
  return [percentText(accuracy), percentText(balancedAccuracy)];
}
