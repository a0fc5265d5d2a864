import type { Picture } from '../../learning/augmentation/picture.js';
import { applyPlan } from '../../learning/augmentation/policies/apply.js';
import type { Plan } from '../../learning/augmentation/policies/plan.js';
import { flow } from '../sheet/font.js';
import { cellWidth, enlargement, LABEL_SIZE } from '../sheet/layout.js';
import { type Cell, inRows, type Row } from '../sheet/sheet.js';
import { planItems } from './plan-text.js';

/** Width divided by height of a sheet, approximately. */
const PAGE_RATIO = 1.5;
const MOST_LINES = 4;
const LABEL_PIXELS = 30;

/** Chooses the columns so that a sheet has about the shape of a page and its last row is as full as possible. */
function columnsFor(count: number, picture: Picture): number {
  const across = cellWidth([picture]);
  const down = picture.height * enlargement(picture) + LABEL_PIXELS;
  const ideal = Math.round(Math.sqrt((count * PAGE_RATIO * down) / across));
  const candidates = [ideal, ideal + 1, ideal - 1, ideal + 2, ideal - 2].filter((columns) => columns >= 1);
  const empty = (columns: number) => (columns - (count % columns)) % columns;
  return Math.min(count, candidates.sort((one, other) => empty(one) - empty(other))[0] ?? 1);
}

/** The original picture, then the result of each plan, labelled with its steps. */
export async function samples(plans: readonly Plan[], picture: Picture): Promise<Row[]> {
  const cells: Cell[] = [{ picture, lines: ['original'] }];
  const across = cellWidth([picture]);
  for (const plan of plans) {
    const lines = await flow(planItems(plan, picture), across, LABEL_SIZE, MOST_LINES);
    cells.push({ picture: applyPlan(plan, picture), lines });
  }
  return inRows(cells, columnsFor(cells.length, picture));
}
