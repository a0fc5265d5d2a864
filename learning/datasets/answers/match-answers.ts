import { nearest } from '../../../domain/config/known-keys.js';
import { DataError } from '../../../domain/errors.js';
import type { Part } from '../parts.js';
import type { Picture } from '../sources/source.js';
import { ANSWERS_FIELD, type Answer, fileOf, placeOf } from './read-answers.js';

/** What answers are matched with. */
interface Sources {
  readonly classes: readonly string[];
  readonly pictures: Readonly<Record<Part, readonly Picture[]>>;
  readonly validationPerClass: number;
}

const EXAMPLES = 5;

function unknownClass(answer: Answer, { classes, validationPerClass }: Sources): string {
  const near = nearest(answer.label, classes);
  const known = near?.isClose
    ? `did you mean "${near.word}"?`
    : `it has ${classes.map((name) => `"${name}"`).join(', ')}.`;
  return `${placeOf(answer)}: class "${answer.label}" is unknown in data.labelled; ${known} A new class needs pictures there, at least ${validationPerClass + 1} (data.validationPerClass and one more)`;
}

/** Labels by the pictures' names. Those that data.unlabelled gives teach nothing, so no answer has to agree with them. */
function labelsByName({ labelled, unlabelled }: Sources['pictures']): Map<string, string | undefined> {
  const labels = new Map<string, string | undefined>(unlabelled.map(({ name }) => [name, undefined]));
  for (const { name, label } of labelled) labels.set(name, label);
  return labels;
}

/**
 * Answers by the name of their picture, checked against what the sources list.
 * @throws DataError naming file and line of every answer for a picture that isn't there, of an unknown class, or
 * with another label than the picture has already
 */
export function matchAnswers(answers: readonly Answer[], sources: Sources): Map<string, Answer> {
  const { classes, pictures } = sources;
  const known = labelsByName(pictures);
  const inTest = new Set(pictures.test.map(({ name }) => name));
  const matched = new Map<string, Answer>();
  const problemOf = (answer: Answer): string | undefined => {
    const name = known.has(answer.path) ? answer.path : fileOf(answer);
    if (!known.has(name)) {
      const why =
        inTest.has(name) || inTest.has(answer.path)
          ? 'is one of data.test, which is not trained on'
          : 'is none of data.unlabelled or data.labelled (paths are relative to the CSV file)';
      return `${placeOf(answer)}: the picture "${answer.path}" ${why}`;
    }
    if (!classes.includes(answer.label)) return unknownClass(answer, sources);
    const label = known.get(name);
    if (label !== undefined && label !== answer.label) {
      return `${placeOf(answer)}: "${answer.path}" gets the label "${answer.label}", but has "${label}" in data.labelled`;
    }
    const earlier = matched.get(name);
    if (earlier && earlier.label !== answer.label) {
      return `${placeOf(answer)}: "${answer.path}" gets the label "${answer.label}", but "${earlier.label}" in ${placeOf(earlier)}`;
    }
    if (!earlier) matched.set(name, answer);
    return undefined;
  };
  const problems = answers.flatMap((answer) => problemOf(answer) ?? []);
  refuseAnswers(problems, answers.length, 'correct or remove their rows');
  return matched;
}

/**
 * @param instead what a person is to do
 * @throws DataError with the problems, where there are some
 */
export function refuseAnswers(problems: readonly string[], answers: number, instead: string): void {
  if (problems.length === 0) return;
  const more = problems.length > EXAMPLES ? `\n  and ${problems.length - EXAMPLES} more` : '';
  throw new DataError(
    `${ANSWERS_FIELD}: ${problems.length} of ${answers} labels can't be used: ${instead}\n  ${problems.slice(0, EXAMPLES).join('\n  ')}${more}`,
  );
}
