import type { TransferChoice, TransferMeasures } from '../../domain/methods/transfer.js';
import { percentText } from '../../domain/percent-text.js';

/**
 * From so many labels a class on, all layers learn; the more the features serve already, the more it takes. Measured on
 * pairs of clothes: with 3 labels neither way was surely better; with 10 fine-tuning won 5 points where features did not
 * serve and none where they did; with 50 it won in both.
 */
const ENOUGH = { different: 5, alike: 20 };
/** Share of the errors that the model's features must save for the data sets to be alike. */
const ALIKE = 0.5;
/** Below this accuracy on the very images that a head learns from, its features can't tell the classes apart. */
const FITS = 0.95;

/**
 * Head only or all layers: few labels can't move many weights, and features that serve need no move (the rule of thumb of
 * Yosinski et al. 2014, with both halves measured).
 */
export function chooseMode(measures: TransferMeasures): TransferChoice {
  const { labelsPerClass, accuracy, untrainedAccuracy, similarity, trainingAccuracy } = measures;
  const isOne = labelsPerClass === 1;
  const labels = `${labelsPerClass} ${isOne ? 'label' : 'labels'} a class`;
  const saved =
    similarity > 0
      ? `which saves ${percentText(similarity, 1)} of the errors that the same network makes with random weights (${percentText(untrainedAccuracy, 1)} right)`
      : `no better than the same network with random weights (${percentText(untrainedAccuracy, 1)} right)`;
  const head = `a head on the model’s frozen features is ${percentText(accuracy, 1)} right on validation, ${saved}`;
  if (trainingAccuracy < FITS) {
    return {
      mode: 'fine-tune',
      reason: `Fine-tuning: ${head}, and does not even fit the images that it learned from (${percentText(trainingAccuracy, 1)} right), so the features have to change.`,
    };
  }
  const isAlike = similarity >= ALIKE;
  const enough = isAlike ? ENOUGH.alike : ENOUGH.different;
  if (labelsPerClass < enough) {
    return {
      mode: 'head',
      reason: `Head only: ${labels} ${isOne ? 'is' : 'are'} fewer than the ${enough} from which on ${isAlike ? 'data as much alike' : 'other data'} is worth moving all layers for, and ${head}.`,
    };
  }
  return {
    mode: 'fine-tune',
    reason: `Fine-tuning: ${labels} suffice to move all layers (from ${enough} on for ${isAlike ? 'data as much alike' : 'other data'}), and ${head}.`,
  };
}
