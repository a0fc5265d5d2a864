import type { LabelNextReport } from '../../../domain/methods/label-next.js';
import { commandName } from '../../command-name.js';
import { table } from '../../table.js';

/** How many of each class, as the model guesses. */
export function lines({ byClass, classNames, seenBy }: LabelNextReport): readonly string[] {
  const rows = classNames.flatMap((name, index) =>
    byClass[index]! > 0 ? [[name, String(byClass[index])]] : [],
  );
  return table([`${seenBy} guesses`, 'images'], rows, { right: [1] }).split('\n');
}

export function takeaway(): string {
  return `The list comes with --out of \`${commandName()} label-next\`; filled in, data.answers of the next run takes it.`;
}
