import type { Cell } from '../cell.js';
import { trainingEstimate } from '../estimate.js';
import type { Recipe, View } from '../recipe.js';
import type { Section } from '../report/section.js';
import type { Table } from '../report/table-of.js';
import type { Scale } from '../scale.js';

/** What an experiment knows of the data set when it lays out its cells. */
export interface Setting {
  readonly scale: Scale;
  readonly classes: readonly string[];
}

/** A question to the methods: the cells that answer it, and what its section of the report makes of them. */
export interface Experiment {
  readonly name: string;
  readonly cells: (setting: Setting) => readonly Cell[];
  readonly section: (measured: Table, setting: Setting) => Section;
}

/**
 * A cell that trains one model and measures it.
 * @param estimate seconds; those of its own training unless others have trained it already
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
