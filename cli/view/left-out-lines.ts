import { basename } from 'node:path';
import { isExpected, type LeftOut, leftOutText } from '../../domain/left-out.js';
import { dim, type Line, styled } from './line.js';
import { countText } from './quantities.js';

/** What a data set leaves out or changes: a line for each kind, with the first example. */
export function leftOutLines(leftOut: readonly LeftOut[]): Line[] {
  return leftOut.map((one): Line => {
    const [example] = one.examples;
    const text = isExpected(one) ? dim(leftOutText(one)) : styled('yellow', `! ${leftOutText(one)}`);
    return example ? [text, dim(`, for example ${exampleText(example, basename)}`)] : [text];
  });
}

/**
 * The same with more examples, a line for each.
 * @param most number of examples of a kind
 * @param nameOf shortens names
 */
export function leftOutDetails(
  leftOut: readonly LeftOut[],
  most: number,
  nameOf: (name: string) => string = (name) => name,
): Line[] {
  return leftOut.flatMap((one): Line[] => {
    const examples = one.examples.slice(0, most);
    const left = one.count - examples.length;
    return [
      [isExpected(one) ? leftOutText(one) : styled('yellow', leftOutText(one))],
      ...examples.map((example): Line => [`  ${exampleText(example, nameOf)}`]),
      ...(left > 0 ? [[dim(`  … and ${countText(left)} more; --json names them`)]] : []),
    ];
  });
}

function exampleText(
  { name, reason }: LeftOut['examples'][number],
  nameOf: (name: string) => string,
): string {
  return reason === undefined ? nameOf(name) : `${nameOf(name)} (${reason})`;
}
