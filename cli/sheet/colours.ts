/** Told apart by people who see colours otherwise, too (Okabe and Ito 2008). */
export const TOLD_APART = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#e69f00',
  '#56b4e9',
  '#000000',
] as const;

/** Of grids and axes. */
export const GRID = '#dedede';
