import type { PseudoLabelConfig } from '../../domain/config/pseudo-labels.js';

/** The teacher's predictions for all unlabelled images. */
export interface TeacherPredictions {
  /** [images, classes] */
  readonly probabilities: Float32Array;
  /** Confidences of the images by predicted class, in descending order. */
  readonly byClass: ReadonlyArray<readonly number[]>;
}

/** A threshold for each class, and a loss weight by confidence. */
export interface SelectionCriteria {
  readonly thresholds: readonly number[];
  readonly weight?: (confidence: number) => number;
}

type Rule = (predicted: TeacherPredictions, config: PseudoLabelConfig) => SelectionCriteria;

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** tau beta_c / (2 - beta_c), beta_c by counts of confident images (FlexMatch, Zhang et al. 2021, equations 5 to 11). */
function flexMatch({ byClass }: TeacherPredictions, { threshold }: PseudoLabelConfig): SelectionCriteria {
  const learnt = byClass.map((confidences) => confidences.filter((one) => one >= threshold).length);
  const images = byClass.reduce((sum, { length }) => sum + length, 0);
  const never = images - learnt.reduce((sum, count) => sum + count, 0);
  const most = Math.max(...learnt, never);
  const betas = learnt.map((count) => (most > 0 ? count / most : 0));
  return { thresholds: betas.map((beta) => (threshold * beta) / (2 - beta)) };
}

/** Mean confidence times p_c / max p, of mean probabilities (FreeMatch, Wang et al. 2023, equations 5 to 8). */
function freeMatch({ probabilities, byClass }: TeacherPredictions): SelectionCriteria {
  const classes = byClass.length;
  const shares = new Array<number>(classes).fill(0);
  probabilities.forEach((probability, index) => {
    shares[index % classes]! += probability;
  });
  const most = Math.max(...shares);
  const confidence = mean(byClass.flat());
  return { thresholds: shares.map((share) => (most > 0 ? (confidence * share) / most : confidence)) };
}

/** An image this many standard deviations below the mean has weight exp(-2), as in the paper's code. */
export const SIGMAS = 2;

/** Weight exp(-min(p - mu, 0)² / (2 sigma² / 4)) for all images (SoftMatch, Chen et al. 2023, equations 7 to 9). */
function softMatch({ byClass }: TeacherPredictions): SelectionCriteria {
  const confidences = byClass.flat();
  const mu = mean(confidences);
  const squares = confidences.reduce((sum, one) => sum + (one - mu) ** 2, 0);
  const width = (2 * squares) / Math.max(1, confidences.length - 1) / SIGMAS ** 2;
  const weight = (confidence: number) => {
    const below = Math.min(confidence - mu, 0);
    return below === 0 ? 1 : Math.exp(-(below ** 2) / width);
  };
  return { thresholds: byClass.map(() => 0), weight };
}

/** The most confident share of each class (class-balanced self-training, Zou et al. 2018, section 4.2). */
function quota({ byClass }: TeacherPredictions, config: PseudoLabelConfig): SelectionCriteria {
  return {
    thresholds: byClass.map((confidences) => {
      return confidences[Math.ceil(config.quota * confidences.length) - 1] ?? config.threshold;
    }),
  };
}

const RULES: Record<PseudoLabelConfig['rule'], Rule> = {
  fixed: ({ byClass }, { threshold }) => ({ thresholds: byClass.map(() => threshold) }),
  flexmatch: flexMatch,
  freematch: freeMatch,
  softmatch: softMatch,
  quota,
};

/** Applies the configuration's rule to the teacher's predictions. */
export function selectionCriteria(
  predicted: TeacherPredictions,
  config: PseudoLabelConfig,
): SelectionCriteria {
  return RULES[config.rule](predicted, config);
}
