/** A distillation and an extension on few real pictures, and the models that they start from. */
import type { ConfigInputOf } from '../../domain/methods.js';
import type { RunningApprentice } from './running-apprentice.js';

export const OLD_CLASSES = ['bag', 'sandal', 'trouser'];
export const NEW_CLASSES = ['ankle-boot', 't-shirt-top'];

type Running = Pick<RunningApprentice, 'config'>;

/** The pictures of some classes alone. */
export function someClasses({ config }: Running, only: readonly string[]) {
  const { labelled } = config.data;
  return { ...labelled, only: [...only] } as typeof labelled;
}

/** A run whose only generation is the teacher of {@link smallDistillation}. */
export function teacherRun({ config }: Running): ConfigInputOf<'self-training'> {
  return { ...config, models: [{ kind: 'residual', width: 8, stages: 2 }], generations: 0 };
}

export function smallDistillation(
  { config }: Running,
  change: Partial<Omit<ConfigInputOf<'distill'>, 'method'>> = {},
): ConfigInputOf<'distill'> & { readonly method: 'distill' } {
  return {
    method: 'distill',
    name: 'small',
    data: config.data,
    teachers: ['few-clothes'],
    model: { kind: 'residual', width: 4, stages: 2 },
    training: { steps: 40, batchSize: 16, evaluations: 2, checkpointSeconds: 0, unlabelledRatio: 1 },
    execution: { heartbeatSeconds: 8 },
    ...change,
  };
}

/** A run whose only generation is the model that {@link smallExtension} widens. */
export function oldModelRun(running: Running): ConfigInputOf<'self-training'> {
  const { config } = running;
  const data = { ...config.data, labelled: someClasses(running, OLD_CLASSES) };
  return { ...config, data, name: 'old', generations: 0 };
}

export function smallExtension(
  running: Running,
  change: Partial<Omit<ConfigInputOf<'extend'>, 'method'>> = {},
): ConfigInputOf<'extend'> & { readonly method: 'extend' } {
  const { data } = running.config;
  return {
    method: 'extend',
    name: 'wider',
    from: 'old',
    data: { ...data, labelled: someClasses(running, NEW_CLASSES) },
    training: { steps: 60, batchSize: 16, evaluations: 2, checkpointSeconds: 0 },
    execution: { heartbeatSeconds: 8 },
    ...change,
  };
}

/** Pictures of the classes that the model of {@link oldModelRun} knows. */
export function oldPictures(running: Running): NonNullable<ConfigInputOf<'extend'>['old']> {
  const labelled = someClasses(running, OLD_CLASSES);
  return { labelled, test: running.config.data.test!, validationPerClass: 10, labelsPerClass: 10 };
}
