import { ConfigurationError, ModelError } from '../../../domain/errors.js';
import type { ObjectiveSpec } from '../../../domain/objective-spec.js';
import type { ImageShape } from '../../../domain/records.js';
import type { Teachers } from '../../distillation/teachers.js';
import { takesImages } from '../../models/takes-images.js';
import type { Responses } from '../batches/examples.js';

interface TeacherInputs {
  readonly objective?: ObjectiveSpec;
  readonly classes: number;
  readonly image: ImageShape;
  readonly responses?: Responses | undefined;
  readonly teachers?: Teachers | undefined;
}

function expectNumber(name: string, value: number, isRight: boolean, expected: string): void {
  if (!isRight) throw new ConfigurationError(`${name}: received ${value}, expected ${expected}`);
}

function expectSettings(objective: ObjectiveSpec, classes: number): void {
  const { temperature } = objective;
  expectNumber('temperature', temperature, temperature > 0, 'a number above 0');
  if (objective.kind === 'distill') {
    const { alpha, features, views } = objective;
    expectNumber('alpha', alpha, alpha >= 0 && alpha <= 1, 'a number from 0 to 1');
    if (features && views !== 'same') {
      throw new ConfigurationError(`views: received ${views}, expected same with features`);
    }
    return;
  }
  const { oldClasses, weight } = objective;
  expectNumber('weight', weight, weight >= 0, 'a number from 0');
  const isPart = Number.isInteger(oldClasses) && oldClasses > 0 && oldClasses < classes;
  expectNumber('oldClasses', oldClasses, isPart, `a number from 1 to ${classes - 1}, fewer than all classes`);
}

function expectShape(teachers: Teachers, image: ImageShape): void {
  const received = teachers.inputShape;
  if (takesImages(received, image)) return;
  throw new ModelError(
    `teachers: received models that take images of [${received.map((side) => side ?? 'any').join(', ')}], expected [${image.height}, ${image.width}, ${image.channels}] as in the data`,
  );
}

/**
 * Checks the settings of an objective, and that there are teachers or recorded responses of the right classes and images.
 * @throws ConfigurationError, ModelError that name the setting
 */
export function expectTeacherPredictions({
  objective,
  classes,
  image,
  responses,
  teachers,
}: TeacherInputs): void {
  if (!objective) return;
  expectSettings(objective, classes);
  if (objective.kind === 'retain' && objective.weight === 0) return;
  const width = objective.kind === 'retain' ? objective.oldClasses : classes;
  const [name, received] =
    objective.views === 'same' ? ['teachers', teachers?.classes] : ['responses', responses?.width];
  if (received === width) {
    if (objective.views === 'same') expectShape(teachers!, image);
    return;
  }
  throw new ModelError(
    `${name}: received ${received === undefined ? 'none' : `${received} classes`}, expected predictions of ${width} classes (views: ${objective.views})`,
  );
}
