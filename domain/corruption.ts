/** The image corruptions of Hendrycks and Dietterich (ICLR 2019) that need no extra image files. */
export const CORRUPTIONS = [
  'gaussian-noise',
  'shot-noise',
  'impulse-noise',
  'gaussian-blur',
  'contrast',
  'brightness',
  'jpeg',
  'pixelate',
] as const;

export type CorruptionName = (typeof CORRUPTIONS)[number];

/** From weak to strong. */
export const SEVERITIES = [1, 2, 3, 4, 5] as const;

export type Severity = (typeof SEVERITIES)[number];
