import { z } from 'zod';

/** How fast each layer of a network that is trained further may move, and from when on. */
export const layersConfig = z
  .strictObject({
    head: z
      .number()
      .positive()
      .max(100)
      .default(1)
      .describe('Factor on the learning rate of the last layer.'),
    backbone: z
      .number()
      .min(0)
      .max(100)
      .optional()
      .describe(
        'Factor on the learning rate of all layers before the last; 0 keeps them as they are. 0.1 by default, 1 with decay.',
      ),
    decay: z
      .number()
      .positive()
      .max(1)
      .optional()
      .describe(
        'Lower layers learn slower: block i of L gets the factor decay^(L - i), the last layer being L, on top of backbone. Try 0.75.',
      ),
    warmup: z
      .number()
      .min(0)
      .max(0.9)
      .default(0)
      .describe(
        'Share of the steps in which the last layer learns alone, so that its first errors spoil nothing below.',
      ),
    unfreezing: z
      .enum(['at-once', 'gradual'])
      .default('at-once')
      .describe(
        'After the warm-up all layers learn; or (gradual) the top stage, and after as many steps again the next one below, and so on.',
      ),
    frozenNorm: z
      .boolean()
      .default(false)
      .describe(
        'Batch norm goes by the statistics that it came with to the end, not only while its layers are frozen: for few labels or small batches.',
      ),
  })
  .superRefine(({ warmup, unfreezing }, context) => {
    if (unfreezing === 'at-once' || warmup > 0) return;
    const message = 'expected a number above 0: gradual unfreezing waits as long before each stage';
    context.addIssue({ code: 'custom', path: ['warmup'], message });
  })
  .describe('Learning rates by layer, of a network that starts from a model.');

export type LayersConfig = z.output<typeof layersConfig>;

/** The factor of the layers before the last one, without decay. */
export function backboneFactor({ backbone, decay }: Pick<LayersConfig, 'backbone' | 'decay'>): number {
  return backbone ?? (decay === undefined ? 0.1 : 1);
}

/** The same, with all layers before the last as they are. */
export function headOnly(layers: LayersConfig): LayersConfig {
  return { ...layers, backbone: 0, warmup: 0, unfreezing: 'at-once' };
}
