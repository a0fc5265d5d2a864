import { z } from 'zod';

const path = z.string().min(1);

const only = z
  .array(z.string().min(1))
  .min(1)
  .optional()
  .describe('Classes to take, the others left out; a test source takes the same unless it says otherwise.');

/** Where images come from. Paths are relative to the configuration file. */
export const dataSource = z
  .discriminatedUnion('format', [
    z.strictObject({
      format: z.literal('class-folders'),
      path: path.describe('Folder with one folder of JPEG, PNG or WebP pictures for each class.'),
      only,
    }),
    z.strictObject({
      format: z.literal('folder'),
      path: path.describe('Folder of pictures without labels, searched with its sub-folders.'),
    }),
    z.strictObject({
      format: z.literal('csv'),
      path: path.describe(
        'CSV file whose rows name a picture (relative to the file) and its label. A label is refused where its picture is not there.',
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

/** How a picture of another aspect ratio is brought to a shape. */
export const imageFit = z.enum(['cover', 'contain', 'fill']);

export type ImageFit = z.output<typeof imageFit>;

/** The size and colour to which every picture is brought. */
export const imageConfig = z.strictObject({
  width: z.int().min(8).max(1024).optional().describe('Pixels; the first picture’s width by default.'),
  height: z.int().min(8).max(1024).optional().describe('Pixels; the first picture’s height by default.'),
  colour: z.enum(['gray', 'rgb']).optional().describe('The first picture’s own by default.'),
  fit: imageFit
    .optional()
    .describe(
      'How another aspect ratio is met: cut (cover), pad with black (contain) or stretch (fill). By default as the model was trained, where one is given; cover else.',
    ),
});

export type ImageConfig = z.output<typeof imageConfig>;

export const dataConfig = z.strictObject({
  labelled: dataSource.describe(
    'Images with labels. Those beyond the budget lose theirs and join the unlabelled.',
  ),
  unlabelled: dataSource
    .optional()
    .describe(
      'More images. Labels, if they have any, teach nothing; a class that none is labelled of is refused.',
    ),
  test: dataSource
    .optional()
    .describe('Labelled images that choose nothing and are measured once, at the end of the run.'),
  answers: z
    .union([path, z.array(path).min(1)])
    .optional()
    .describe(
      'CSV files with the columns path and label, as label-next writes them: labels of unlabelled images, which join the labelled ones beyond the budget.',
    ),
  labelsPerClass: z
    .union([z.int().min(1), z.literal('all')])
    .default('all')
    .describe('Labelled training images for each class.'),
  validationPerClass: z
    .int()
    .min(1)
    .default(100)
    .describe('Labelled images for each class that choose weights and decide at the gate; not trained on.'),
  image: imageConfig.prefault({}),
  maxRejectedShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.01)
    .describe('A larger share of unreadable pictures fails the run before any training.'),
});

export type DataConfig = z.output<typeof dataConfig>;

/** How many classes labelled images must have. */
export interface ClassesNeeded {
  readonly atLeast: 1 | 2;
  /** Why one is not enough, and what to do, for the message. */
  readonly because?: string;
}
