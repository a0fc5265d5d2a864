import { basename } from 'node:path';
import { readRunConfig } from '../../../client/config-file.js';
import type { ConsistencyConfig, ViewConfig } from '../../../domain/config/consistency.js';
import { DEFAULT_FIT } from '../../../domain/config/image-settings.js';
import type { TrainingSpec } from '../../../domain/config/training.js';
import { trainingForGeneration } from '../../../domain/config/training-for-generation.js';
import { ConfigurationError } from '../../../domain/errors.js';
import type { SelfTrainingConfig } from '../../../domain/methods/self-training.js';
import { expectDrawable } from '../../../learning/augmentation/policies/draw-plan.js';
import { augmentationOf } from '../../../learning/augmentation/policies/from-config.js';
import { type ExampleKey, planOfExample } from '../../../learning/augmentation/policies/plan-of-example.js';
import type { WantedPicture } from '../../sheet/decode-within.js';
import { openPicture } from '../open-picture.js';
import { policyText } from '../policy-options.js';
import { samples } from '../samples.js';
import { type Drawing, type DrawingOptions, expectRoom, refuseOptions, SAMPLES } from './drawing.js';

function generationOf({ generations }: SelfTrainingConfig, { role, generation }: DrawingOptions): number {
  if (role === 'teacher') {
    if (!generation) return 0;
    throw new ConfigurationError(
      `--generation: received ${generation} for the teacher, expected 0: it is the first generation`,
    );
  }
  const chosen = generation ?? 1;
  if (role === 'student' && chosen === 0) {
    throw new ConfigurationError('--generation: received 0 for a student, expected at least 1');
  }
  if (chosen <= generations) return chosen;
  throw new ConfigurationError(
    `--generation: received ${chosen}, expected at most ${generations}, the configuration's generations`,
  );
}

function shapeOf({ data }: SelfTrainingConfig, { size }: DrawingOptions): WantedPicture {
  const { width, height, colour, fit = DEFAULT_FIT } = data.image;
  const wanted = size ?? (width && height ? { width, height } : {});
  return { ...wanted, fit, ...(colour && { channels: colour === 'gray' ? 1 : 3 }) };
}

function viewOf({ augmentation, consistency }: TrainingSpec, stream: ExampleKey['stream']): ViewConfig {
  if (stream === 'labelled' || stream === 'unlabelled') return augmentation;
  const view = consistency && (stream === 'weak' ? consistency.weak : strongOf(consistency));
  if (view) return view;
  throw new ConfigurationError(
    `--stream: received ${stream}, expected labelled or unlabelled: the training has no such view (consistency)`,
  );
}

function strongOf(consistency: ConsistencyConfig): ViewConfig | undefined {
  return consistency.kind === 'fixmatch' ? consistency.strong : undefined;
}

/** A picture as training augments it, as one of its examples, in successive epochs; without mixup and cutmix. */
export async function configDrawing(image: string, file: string, options: DrawingOptions): Promise<Drawing> {
  refuseOptions(options, ['numOps', 'magnitude'], '--policy');
  const config = await readRunConfig(file, { only: 'self-training' });
  const generation = generationOf(config, options);
  const training = trainingForGeneration(config, generation);
  const { samples: count = SAMPLES, seed = config.seed } = options;
  const { stream = 'labelled', example = 0, epoch: first = 0 } = options;
  const picture = await openPicture(image, shapeOf(config, options));
  expectRoom(count, picture);
  const augmentation = augmentationOf(viewOf(training, stream), picture);
  expectDrawable(augmentation, picture);
  const plans = Array.from({ length: count }, (_, later) =>
    planOfExample(augmentation, picture, { seed, generation, stream, epoch: first + later, example }),
  );
  const isView = stream === 'weak' || stream === 'strong';
  const mixed = (['mixup', 'cutmix'] as const).filter((kind) => !isView && training.augmentation[kind] > 0);
  const who = generation === 0 ? 'teacher' : `student of generation ${generation}`;
  return {
    picture,
    plans,
    title: `${basename(file)}: ${who}`,
    remark: [
      augmentation.policy ? policyText(augmentation.policy) : 'no policy',
      `seed ${seed}`,
      `${stream} example ${example} from epoch ${first} on`,
      ...(mixed.length > 0 ? [`without ${mixed.join(' and ')}, which takes a second picture`] : []),
    ].join(', '),
    facts: {
      fit: config.data.image.fit ?? DEFAULT_FIT,
      augmentation,
      seed,
      generation,
      stream,
      example,
      epoch: first,
    },
    rows: () => samples(plans, picture),
  };
}
