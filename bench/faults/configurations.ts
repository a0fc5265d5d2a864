import type { ConfigInputOf, MethodName, RunConfigInput } from '../../domain/methods.js';
import { type FewClothes, fewClothesConfig } from '../../test/support/few-clothes.js';
import { smallSearch } from '../../test/support/small-search.js';
import {
  NEW_CLASSES,
  OLD_CLASSES,
  oldPictures,
  smallDistillation,
  smallExtension,
  someClasses,
} from '../../test/support/small-teaching.js';

type Configured<Name extends MethodName> = Omit<ConfigInputOf<Name>, 'name' | 'method' | 'execution'>;

const HEARTBEAT_SECONDS = 5;

/** Tiny and quick, with a checkpoint after every step. */
function basis(pictures: FewClothes) {
  return fewClothesConfig(pictures, { steps: 60, evaluations: 3 });
}

/** The models that other runs start from: of all classes, and of three. */
export function models(pictures: FewClothes): RunConfigInput[] {
  const config = basis(pictures);
  const execution = { heartbeatSeconds: HEARTBEAT_SECONDS };
  const labelled = someClasses({ config }, OLD_CLASSES);
  return [
    { ...config, execution, generations: 0 },
    { ...config, execution, generations: 0, name: 'old', data: { ...config.data, labelled } },
  ];
}

/** A row is all that a later method adds. */
const CONFIGURATIONS: {
  readonly [Name in MethodName]: (pictures: FewClothes) => ReadonlyArray<Configured<Name>>;
} = {
  'self-training': (pictures) => {
    const config = basis(pictures);
    const noised = { ...config.student, augmentation: { policy: { kind: 'trivial-augment-wide' } } } as const;
    return [
      { ...config, gate: { otherwise: 'continue', reigning: 'replace' } },
      { ...config, student: noised, generations: 2, seed: 1 },
    ];
  },
  transfer: (pictures) => {
    const { data } = basis(pictures);
    const training = { steps: 40, batchSize: 16, evaluations: 2, checkpointSeconds: 0 };
    const other = { ...data, labelled: someClasses({ config: { data } } as never, NEW_CLASSES) };
    return [
      { from: 'old', data: other, training },
      { from: 'few-clothes', data, training, seed: 1 },
    ];
  },
  distill: (pictures) => {
    const config = basis(pictures);
    const plain = smallDistillation({ config });
    return [plain, { ...plain, seed: 1 }];
  },
  extend: (pictures) => {
    const running = { config: basis(pictures) };
    return [smallExtension(running), smallExtension(running, { old: oldPictures(running) })];
  },
  search: (pictures) => [smallSearch({ config: basis(pictures) } as never)],
  gap: (pictures) => {
    const { data } = basis(pictures);
    return [{ data, model: 'few-clothes', sample: 100, permutations: 99, shown: 5 }];
  },
  'label-next': (pictures) => {
    const { data } = basis(pictures);
    return [{ data, model: 'few-clothes', count: 10 }];
  },
  robustness: (pictures) => {
    const { data } = basis(pictures);
    const models = ['few-clothes'];
    return [{ data, models, images: 60, corruptions: ['contrast', 'pixelate'], severities: [1, 3] }];
  },
  evaluate: (pictures) => {
    const { data } = basis(pictures);
    return [
      { data, model: 'few-clothes' },
      { data, model: 'few-clothes', split: 'validation' },
    ];
  },
};

/** At most so many configurations of a method are tried. */
export const VARIANTS = 2;

/** A configuration whose models go into a line of the run's own. @param variant below {@link VARIANTS} */
export function configurationOf(
  method: MethodName,
  variant: number,
  pictures: FewClothes,
  runId: string,
): RunConfigInput {
  const variants = CONFIGURATIONS[method](pictures);
  const own = variants[variant % variants.length];
  const execution = { heartbeatSeconds: HEARTBEAT_SECONDS };
  return { ...own, method, name: runId, execution } as RunConfigInput;
}
