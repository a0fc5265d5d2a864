/** The sources of a data set. In a packed data set their images follow each other in this order. */
export const PARTS = ['labelled', 'unlabelled', 'test'] as const;
export type Part = (typeof PARTS)[number];
