import type { TransferChoice, TransferMeasures } from '../../domain/methods/transfer.js';
import { percentText } from '../../domain/quantities.js';

/**
 * Labels per class from which fine-tuning all layers is better; more if the data sets are alike. Measured on pairs of
 * clothes: with 3 labels neither way was clearly better; with 10, fine-tuning won 5 points on different data and none on
 * similar data; with 50 it won on both.
 */
const ENOUGH = { different: 5, alike: 20 };
/** Share of the errors that the model's features must save for the data sets to count as alike. */
const ALIKE = 0.5;
/** Below this accuracy on its own training images, a head's features do not separate the classes. */
const FITS = 0.95;

/**
 * Chooses between training the head only and fine-tuning all layers: few labels can't train many weights, and good
 * features need no training (the rule of thumb of Yosinski et al. 2014, with both halves measured).
 */
export function chooseMode(measures: TransferMeasures): TransferChoice {
  const { labelsPerClass, accuracy, untrainedAccuracy, similarity, trainingAccuracy } = measures;
  const isOne = labelsPerClass === 1;
  const labels = `${labelsPerClass} ${isOne ? 'label' : 'labels'} per class`;
  const saved =
    similarity > 0
      ? `which saves ${percentText(similarity, 1)} of the errors that the same network makes with random weights (${percentText(untrainedAccuracy, 1)} accuracy)`
      : `no better than the same network with random weights (${percentText(untrainedAccuracy, 1)} accuracy)`;
  const head = `a head on the model’s frozen features has ${percentText(accuracy, 1)} accuracy on validation, ${saved}`;
  if (trainingAccuracy < FITS) {
    return {
      mode: 'fine-tune',
      reason: `Fine-tuning: ${head}, and only ${percentText(trainingAccuracy, 1)} on its own training images, so the features have to change.`,
    };
  }
  const isAlike = similarity >= ALIKE;
  const enough = isAlike ? ENOUGH.alike : ENOUGH.different;
  if (labelsPerClass < enough) {
    return {
      mode: 'head',
      reason: `Head only: ${labels} ${isOne ? 'is' : 'are'} fewer than the ${enough} that fine-tuning needs on ${isAlike ? 'similar' : 'different'} data, and ${head}.`,
    };
  }
  return {
    mode: 'fine-tune',
    reason: `Fine-tuning: ${labels} are enough (at least ${enough} on ${isAlike ? 'similar' : 'different'} data), and ${head}.`,
  };
}
