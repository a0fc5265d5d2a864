import type { Line } from '../../../../cli/view/line.js';
import { textOf } from '../../../../cli/view/line.js';
import type { ViewOptions } from '../../../../cli/view/view-options.js';
import { NOW } from '../../../support/sample-snapshots.js';

export const OPTIONS: ViewOptions = {
  now: NOW,
  columns: 80,
  command: 'apprentice',
  uiUrl: 'http://127.0.0.1:8233/namespaces/default',
  storeUrl: 'file:///home/ana/store',
};

/** Lines as they stand on a screen without colours. */
export function textsOf(lines: readonly Line[], columns = OPTIONS.columns): string[] {
  return lines.map((line) => textOf(line, { columns, colour: false }));
}
