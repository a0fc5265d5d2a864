import { z } from 'zod';
import { integer } from './numbers.js';

/** A network: built-in, from a user's module, or a saved model. */
export const modelSpec = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('residual'),
        width: integer(4, 1024).default(16).describe('Channels of the first stage; each stage doubles them.'),
        blocksPerStage: integer(1, 50).default(1).describe('Residual blocks in each stage.'),
        stages: integer(1, 6).default(3).describe('Each stage after the first halves the image.'),
        stem: z
          .enum(['auto', 'full', 'half', 'quarter'])
          .default('auto')
          .describe('Resolution after the first convolution; auto halves or quarters large images.'),
      })
      .describe('Pre-activation residual network (He et al. 2016).'),
    z
      .strictObject({
        kind: z.literal('module'),
        path: z
          .string()
          .min(1)
          .describe(
            'JavaScript module that exports build({ tf, image, classes, dropout, stochasticDepth, seed, options }) and returns a LayersModel.',
          ),
        options: z.record(z.string(), z.unknown()).default({}).describe('Passed to build as `options`.'),
      })
      .describe('A network from your own module.'),
    z
      .strictObject({
        kind: z.literal('saved'),
        path: z
          .string()
          .min(1)
          .describe(
            'Folder or model.json of a saved tfjs LayersModel to fine-tune. A model written by Apprentice must have the data’s classes in the same order.',
          ),
      })
      .describe('A saved LayersModel.'),
  ])
  .describe('A network.');

export type ModelSpec = z.output<typeof modelSpec>;

export function networkText(spec: ModelSpec): string {
  if (spec.kind !== 'residual') return `${spec.kind} ${spec.path}`;
  const depth = spec.blocksPerStage === 1 ? '' : `, ${spec.blocksPerStage} blocks a stage`;
  return `residual, width ${spec.width}${depth}`;
}
