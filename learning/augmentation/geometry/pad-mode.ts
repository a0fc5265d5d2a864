/**
 * What lies beyond a border, in torchvision's words: a constant; `edge`, the last pixel repeated; `reflect`,
 * mirrored without the last pixel (c b | a b c | b a); `symmetric`, mirrored with it (b a | a b c | c b).
 */
export type PadMode = 'constant' | 'edge' | 'reflect' | 'symmetric';
/** In the order by which kernels/assembly/crop.ts numbers them. */
export const PAD_MODES: readonly PadMode[] = ['constant', 'edge', 'reflect', 'symmetric'];
