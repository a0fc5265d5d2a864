import type { FullEvaluation } from '../../domain/records.js';
import { table } from '../table.js';
import { countText, percentText } from '../view/quantities.js';

/** Recall, precision and most frequent mistake of each class, lowest recall first. */
export function classTable(classes: readonly string[], { perClass, confusion }: FullEvaluation): string[] {
  const rows = perClass
    .map((measured, label) => ({ ...measured, label }))
    .sort((a, b) => a.recall - b.recall || a.label - b.label)
    .map(({ images, recall, precision, label }) => [
      classes[label] ?? String(label),
      countText(images),
      percentText(recall, 1),
      percentText(precision, 1),
      mistakeText(classes, confusion[label]!, label),
    ]);
  return table(['', 'images', 'recall', 'precision', 'most often taken for'], rows, {
    right: [1, 2, 3],
    indent: '  ',
  });
}

function mistakeText(classes: readonly string[], row: readonly number[], label: number): string {
  const images = row.reduce((sum, count) => sum + count, 0);
  const wrong = row.map((count, other) => (other === label ? 0 : count));
  const most = Math.max(...wrong);
  if (most === 0) return '';
  const other = wrong.indexOf(most);
  return `${classes[other] ?? other} (${percentText(most / images, 1)})`;
}
