import { nearest } from '../../domain/config/known-keys.js';
import { ConfigurationError } from '../../domain/errors.js';

const MOST_NAMED = 20;

/**
 * Parses the classes of `--classes`.
 * @param given each a class, or several with commas between them
 * @returns the indices of the classes in the model, ascending
 * @throws ConfigurationError for an unknown class; names the nearest one and the model's classes
 */
export function selectClasses(given: readonly string[], classes: readonly string[], model: string): number[] {
  const names = given.flatMap((text) => (classes.includes(normalized(text)) ? [text] : text.split(',')));
  const indices = names.map((name) => {
    const index = classes.indexOf(normalized(name));
    if (index >= 0) return index;
    throw unknownClass(normalized(name), classes, model);
  });
  return [...new Set(indices)].sort((a, b) => a - b);
}

/** As class names are normalized in data sets. */
function normalized(name: string): string {
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
