import type { ClassProbability } from '../../learning/evaluation/rank-classes.js';
import { harmless } from '../harmless.js';
import { percentText } from '../view/quantities.js';

/** The prediction for one picture, or why it can't be read. */
export type Prediction =
  | { readonly image: string; readonly guesses: readonly ClassProbability[]; readonly warning?: string }
  | { readonly image: string; readonly error: string };

export const HEAD = ['picture', 'class', 'probability', 'then'];

/** One row for each picture that was read. */
export function predictionRows(predictions: readonly Prediction[]): string[][] {
  return predictions.flatMap((prediction) => {
    if ('error' in prediction) return [];
    const [first, ...others] = prediction.guesses;
    if (!first) return [];
    const then = others.map((other) => `${other.class} ${percentText(other.probability, 1)}`).join(', ');
    return [[prediction.image, first.class, percentText(first.probability, 1), then]];
  });
}

/** One line for each picture that could not be read. */
export function errorLines(predictions: readonly Prediction[]): string[] {
  return predictions.flatMap((prediction) =>
    'error' in prediction ? [harmless(`${prediction.image}: ${prediction.error}`)] : [],
  );
}

/** One line for each picture that was read in spite of errors in its file. */
export function warningLines(predictions: readonly Prediction[]): string[] {
  return predictions.flatMap((prediction) =>
    'warning' in prediction ? [harmless(`${prediction.image}: used, but ${prediction.warning}`)] : [],
  );
}
