/**
 * Padding beyond a border, named as in torchvision: a constant; `edge`, the last pixel repeated; `reflect`,
 * mirrored without the last pixel (c b | a b c | b a); `symmetric`, mirrored with it (b a | a b c | c b).
 */
export type PadMode = 'constant' | 'edge' | 'reflect' | 'symmetric';
/** In the numeric order of kernels/assembly/crop.ts. */
export const PAD_MODES: readonly PadMode[] = ['constant', 'edge', 'reflect', 'symmetric'];
