import { z } from 'zod';
import { integer, number } from './numbers.js';

const path = z.string().min(1);

const only = z
  .array(z.string().min(1))
  .min(1)
  .optional()
  .describe(
    'Classes to use; pictures of other classes are left out. A test source uses the same ones by default.',
  );

/** A source of images. Paths are relative to the configuration file. */
export const dataSource = z
  .discriminatedUnion('format', [
    z.strictObject({
      format: z.literal('class-folders'),
      path: path.describe('Folder with one folder of JPEG, PNG or WebP pictures for each class.'),
      only,
    }),
    z.strictObject({
      format: z.literal('folder'),
      path: path.describe('Folder of pictures without labels; its sub-folders are searched too.'),
    }),
    z.strictObject({
      format: z.literal('csv'),
      path: path.describe(
        'CSV file, in UTF-8 or UTF-16; each row has the path of a picture, relative to the file, and its label. Cells are separated by commas, semicolons, tabs or pipes. A label of a missing picture is an error.',
      ),
      pathColumn: z.string().default('path'),
      labelColumn: z.string().default('label').describe('A row with an empty label is unlabelled.'),
      only,
    }),
    z.strictObject({
      format: z.literal('idx'),
      images: path.describe('MNIST IDX file of images, plain or .gz.'),
      labels: path.optional().describe('MNIST IDX file of labels; without it the images are unlabelled.'),
      classes: z.array(z.string().min(1)).optional().describe('Names of the labels 0, 1, 2, …'),
      only,
    }),
    z.strictObject({
      format: z.literal('cifar'),
      paths: z.array(path).min(1).describe('CIFAR-10 or CIFAR-100 binary batches.'),
      variant: z.enum(['cifar10', 'cifar100']).default('cifar10'),
      classes: z.array(z.string().min(1)).optional(),
      only,
    }),
  ])
  .describe('A source of images.');

export type DataSource = z.output<typeof dataSource>;

/** How a picture of another aspect ratio is resized. */
export const imageFit = z.enum(['cover', 'contain', 'fill']);

export type ImageFit = z.output<typeof imageFit>;

/** Size and colour of all pictures after decoding. */
const imageConfig = z.strictObject({
  width: integer(8, 1024)
    .optional()
    .describe(
      'Pixels; by default the width of most labelled pictures, or the median if fewer than half share a size.',
    ),
  height: integer(8, 1024)
    .optional()
    .describe('Pixels; by default the height of most labelled pictures, or the median.'),
  colour: z
    .enum(['gray', 'rgb'])
    .optional()
    .describe('By default rgb if at least 5% of the labelled pictures have colour.'),
  fit: imageFit
    .optional()
    .describe(
      'How to resize another aspect ratio: crop (cover), pad with black (contain) or stretch (fill). By default as the given model was trained, or cover without one.',
    ),
});

export type ImageConfig = z.output<typeof imageConfig>;

export const dataConfig = z.strictObject({
  labelled: dataSource.describe(
    'Images with labels. Images beyond labelsPerClass and validationPerClass are used as unlabelled ones.',
  ),
  unlabelled: dataSource
    .optional()
    .describe(
      'Unlabelled images. Labels that they have are not used, but a class without labelled images is an error.',
    ),
  test: dataSource
    .optional()
    .describe('Labelled images that are evaluated once, at the end of the run, and influence nothing.'),
  answers: z
    .union([path, z.array(path).min(1)])
    .optional()
    .describe(
      'CSV files of labels, with the columns path and label, as label-next writes them. Their images join the labelled ones, in addition to labelsPerClass.',
    ),
  labelsPerClass: z
    .union([integer(1), z.literal('all')])
    .default('all')
    .describe('Labelled training images for each class.'),
  validationPerClass: integer(1)
    .default(100)
    .describe(
      'Labelled images for each class that select weights and decide at the gate; they are not trained on.',
    ),
  image: imageConfig.prefault({}),
  maxRejectedShare: number(0, 1)
    .default(0.01)
    .describe('If a larger share of the pictures is unreadable, the run fails before training.'),
});

export type DataConfig = z.output<typeof dataConfig>;

/** Least number of classes of the labelled images. */
export interface ClassesNeeded {
  readonly atLeast: 1 | 2;
  /** Why one is not enough, and the remedy, for the message. */
  readonly because?: string;
}
