import { z } from 'zod';
import { number } from './numbers.js';

/** Learning rates and unfreezing by layer when fine-tuning a model. */
export const layersConfig = z
  .strictObject({
    head: z
      .number()
      .positive()
      .max(100)
      .default(1)
      .describe('Factor on the learning rate of the last layer.'),
    backbone: number(0, 100)
      .optional()
      .describe(
        'Factor on the learning rate of all layers before the last; 0 freezes them. 0.1 by default, 1 with decay.',
      ),
    decay: z
      .number()
      .positive()
      .max(1)
      .optional()
      .describe(
        'Layer-wise decay: block i of L gets the factor decay^(L - i) in addition to backbone; the last layer is L. Try 0.75.',
      ),
    warmup: number(0, 0.9)
      .default(0)
      .describe(
        'Share of the steps in which only the last layer is trained, so that its initial errors don’t damage the layers below.',
      ),
    unfreezing: z
      .enum(['at-once', 'gradual'])
      .default('at-once')
      .describe(
        'at-once: all layers are trained after the warm-up. gradual: the top stage is unfrozen after the warm-up, and the next lower one after as many steps again, and so on.',
      ),
    frozenNorm: z
      .boolean()
      .default(false)
      .describe(
        'Batch norm keeps the model’s statistics for the whole training, not only while its layers are frozen: for few labels or small batches.',
      ),
  })
  .superRefine(({ warmup, unfreezing }, context) => {
    if (unfreezing === 'at-once' || warmup > 0) return;
    const message = 'expected a number above 0: gradual unfreezing waits this long before each stage';
    context.addIssue({ code: 'custom', path: ['warmup'], message });
  })
  .describe('Learning rates by layer for a network that starts from a model.');

export type LayersConfig = z.output<typeof layersConfig>;

/** Returns the factor of the layers before the last one, without decay. */
export function backboneFactor({ backbone, decay }: Pick<LayersConfig, 'backbone' | 'decay'>): number {
  return backbone ?? (decay === undefined ? 0.1 : 1);
}

/** Returns the same settings with all layers before the last one frozen. */
export function headOnly(layers: LayersConfig): LayersConfig {
  return { ...layers, backbone: 0, warmup: 0, unfreezing: 'at-once' };
}
