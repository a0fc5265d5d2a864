import type { Cell } from '../cell.js';
import { trainingEstimate } from '../estimate.js';
import type { Recipe, View } from '../recipe.js';
import type { ResultTable } from '../report/result-table.js';
import type { Section } from '../report/section.js';
import type { Scale } from '../scale.js';

/** The scale and the classes for which an experiment plans its cells. */
export interface Setting {
  readonly scale: Scale;
  readonly classes: readonly string[];
}

/** An experiment: its cells, and its section of the report. */
export interface Experiment {
  readonly name: string;
  readonly cells: (setting: Setting) => readonly Cell[];
  readonly section: (measured: ResultTable, setting: Setting) => Section;
}

/**
 * A cell that trains one model and evaluates it.
 * @param estimate seconds; by default of its training, less if another cell trains the model
 */
export function modelCell(
  place: { readonly experiment: string; readonly method: string; readonly seed: number },
  recipe: Recipe,
  estimate = trainingEstimate(recipe),
): Cell {
  const { labels }: View = recipe.view;
  return {
    ...place,
    labels,
    settings: { recipe },
    estimate,
    measure: (lab) => lab.measure(recipe, place.seed),
  };
}
