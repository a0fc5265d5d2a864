import { nearest } from '../../domain/config/known-keys.js';
import { ConfigurationError } from '../../domain/errors.js';

const MOST_NAMED = 20;

/**
 * The classes that are to be considered, in the model's order.
 * @param asked each a class, or several with commas between them
 * @returns their numbers among the model's, ascending
 * @throws ConfigurationError with the nearest class and those that there are
 */
export function chosenClasses(asked: readonly string[], classes: readonly string[], model: string): number[] {
  const names = asked.flatMap((text) => (classes.includes(asWritten(text)) ? [text] : text.split(',')));
  const numbers = names.map((name) => {
    const number = classes.indexOf(asWritten(name));
    if (number >= 0) return number;
    throw unknownClass(asWritten(name), classes, model);
  });
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** Data sets have their classes so. */
function asWritten(name: string): string {
  return name.trim().normalize('NFC');
}

function unknownClass(name: string, classes: readonly string[], model: string): ConfigurationError {
  const near = nearest(name, classes);
  const advice = near?.isClose ? ` (did you mean ${near.word}?)` : '';
  const more = classes.length > MOST_NAMED ? ` and ${classes.length - MOST_NAMED} more` : '';
  return new ConfigurationError(
    `--classes: received "${name}"${advice}, expected classes of ${model}: ${classes.slice(0, MOST_NAMED).join(', ')}${more}`,
  );
}
