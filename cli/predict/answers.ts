import { percentText } from '../view/quantities.js';
import type { Guess } from './rank.js';

/** What is said of one picture. */
export type Answer =
  | { readonly image: string; readonly guesses: readonly Guess[] }
  | { readonly image: string; readonly error: string };

export const HEAD = ['picture', 'class', 'probability', 'then'];

/** One row for each picture that could be read. */
export function rowsOf(answers: readonly Answer[]): string[][] {
  return answers.flatMap((answer) => {
    if ('error' in answer) return [];
    const [first, ...others] = answer.guesses;
    if (!first) return [];
    const then = others.map((guess) => `${guess.class} ${percentText(guess.probability, 1)}`).join(', ');
    return [[answer.image, first.class, percentText(first.probability, 1), then]];
  });
}

/** One line for each picture that could not. */
export function complaintsOf(answers: readonly Answer[]): string[] {
  return answers.flatMap((answer) => ('error' in answer ? [`${answer.image}: ${answer.error}`] : []));
}
