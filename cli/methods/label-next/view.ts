import type { LabelNextReport } from '../../../domain/methods/label-next.js';
import { commandName } from '../../command-name.js';
import { table } from '../../table.js';
import type { MethodView } from '../method-view.js';
import { saveChoice } from './save.js';

/** The number of chosen images by predicted class. */
function reportLines({ byClass, classNames, seenBy }: LabelNextReport): readonly string[] {
  const rows = classNames.flatMap((name, index) =>
    byClass[index]! > 0 ? [[name, String(byClass[index])]] : [],
  );
  return table([`predicted by ${seenBy}`, 'images'], rows, { right: [1] });
}

function outputHint(): string {
  return `\`${commandName()} label-next --out FILE\` writes the list; fill in its labels and set data.answers of the next run to it.`;
}

export const view: MethodView<'label-next'> = { report: reportLines, outputHint, save: saveChoice };
