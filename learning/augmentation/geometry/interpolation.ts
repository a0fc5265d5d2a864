/** Named as in torchvision. */
export type Interpolation = 'nearest' | 'bilinear' | 'bicubic';
export const INTERPOLATIONS: readonly Interpolation[] = ['nearest', 'bilinear', 'bicubic'];
