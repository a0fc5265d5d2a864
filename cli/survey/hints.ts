import { dataConfig } from '../../domain/config/data.js';
import type { ClassCount, Survey } from '../../learning/survey/survey-listing.js';
import { countOf, countText, percentText } from '../view/quantities.js';

/** Usual side lengths of training images. */
const USUAL_SIDES = [32, 48, 64, 96, 128, 160, 224];
const SMALLEST_SIDE = 8;
const LARGEST_SIDE = 1024;
/** A larger imbalance gets a hint. */
const MOST_IMBALANCE = 1.5;

const DEFAULTS = dataConfig.pick({ validationPerClass: true, maxRejectedShare: true }).parse({});

/** Returns the size of the largest class divided by the smallest: undefined for less than two classes, Infinity if one is empty. */
export function imbalance(classes: readonly ClassCount[]): number | undefined {
  if (classes.length < 2) return undefined;
  const counts = classes.map(({ pictures }) => pictures);
  return Math.max(...counts) / Math.min(...counts);
}

function colourHints({ gray, colour, colourless }: Survey['kinds']): string[] {
  if (colourless > 0 && colourless === colour) {
    return [`${countText(colour)} are gray, stored as colour: set data.image.colour to gray`];
  }
  if (gray === 0 || colour === 0) return [];
  return [
    `${countText(gray)} gray and ${countText(colour)} colour pictures: set data.image.colour to rgb or gray; unset, all become colour if at least 5% of them are`,
  ];
}

function sizeHints({ sizes, kinds }: Survey): string[] {
  if (!sizes) return ['no picture can be read'];
  const { width, height } = sizes.frequent[0]!;
  const isMixed = kinds.gray > 0 && kinds.colour > 0;
  const colour = colourHints(kinds);
  const fits = [width, height].every((side) => side >= SMALLEST_SIDE && side <= LARGEST_SIDE);
  if (sizes.different === 1 && fits) {
    const what = isMixed ? '' : kinds.gray > 0 ? ' gray' : ' colour';
    const unset = isMixed ? 'data.image.width and height' : 'data.image';
    return [`all pictures are ${width} x ${height}${what}: ${unset} can stay unset`, ...colour];
  }
  const median = Math.min(sizes.width.median, sizes.height.median);
  const side = USUAL_SIDES.findLast((usual) => usual <= median) ?? USUAL_SIDES[0]!;
  const many = sizes.different === 1 ? `all are ${width} x ${height}` : `${countText(sizes.different)} sizes`;
  return [
    `${many}: set data.image.width and data.image.height, for example ${side} and ${side}; pictures of another shape are cropped unless data.image.fit is contain or fill`,
    ...colour,
  ];
}

function classHints({ classes, pictures, unlabelled }: Survey): string[] {
  if (classes.length === 0) {
    return unlabelled > 0
      ? ['no labels: data.unlabelled takes these pictures, data.labelled needs others with labels']
      : [];
  }
  if (classes.length === 1) return [`one class only, "${classes[0]!.name}": a run needs at least two`];
  const hints: string[] = [];
  if (unlabelled > 0 && unlabelled < pictures) {
    hints.push(`${countOf(unlabelled, 'picture')} without a label: a run trains on them as unlabelled`);
  }
  const empty = classes.filter((one) => one.pictures === 0);
  if (empty.length > 0) {
    hints.push(`no picture in class ${empty.map(({ name }) => `"${name}"`).join(', ')}: leave it out`);
  }
  const smallest = classes.reduce((least, one) => (one.pictures < least.pictures ? one : least));
  const ratio = imbalance(classes)!;
  if (ratio > MOST_IMBALANCE && Number.isFinite(ratio)) {
    hints.push(
      `classes differ ${ratio >= 10 ? Math.round(ratio) : Number(ratio.toFixed(1))}-fold in size: "${smallest.name}" with ${countText(smallest.pictures)} bounds data.labelsPerClass and data.validationPerClass`,
    );
  }
  const { validationPerClass } = DEFAULTS;
  if (smallest.pictures > 0 && smallest.pictures <= validationPerClass) {
    const lower = Math.max(1, Math.floor(smallest.pictures / 4));
    hints.push(
      `"${smallest.name}" has ${countOf(smallest.pictures, 'picture')}: set data.validationPerClass (default ${validationPerClass}) to about ${lower}`,
    );
  }
  return hints;
}

function problemHints({ copies, unreadable, pictures }: Survey): string[] {
  const hints: string[] = [];
  const { redundant, conflicts } = copies;
  if (conflicts.length > 0) {
    hints.push(
      `${countOf(conflicts.length, 'picture is', 'pictures are')} in more than one class: at most one label is right, remove the others`,
    );
  }
  if (redundant > 0)
    hints.push(`${countOf(redundant, 'copy', 'copies')} of other pictures: they add files, no information`);
  const share = unreadable.length / pictures;
  if (share > DEFAULTS.maxRejectedShare) {
    hints.push(
      `${percentText(share, 1)} can’t be read, more than data.maxRejectedShare (${percentText(DEFAULTS.maxRejectedShare, 0)} by default): a run would fail; repair or remove them`,
    );
  } else if (share > 0) hints.push('a run leaves out unreadable pictures');
  return hints;
}

function kindHints({ kinds: { alpha, animated, cmyk, sixteenBit } }: Survey): string[] {
  return [
    ...(alpha > 0 ? [`${countText(alpha)} with transparency: the background becomes black`] : []),
    ...(animated > 0 ? [`${countText(animated)} animated: only the first frame is used`] : []),
    ...(cmyk > 0 ? [`${countText(cmyk)} in CMYK: converted to sRGB`] : []),
    ...(sixteenBit > 0 ? [`${countText(sixteenBit)} with 16 bits: reduced to 8`] : []),
  ];
}

/** Returns hints for the configuration, which name its fields. */
export function hintsOf(survey: Survey): string[] {
  return [...sizeHints(survey), ...classHints(survey), ...problemHints(survey), ...kindHints(survey)];
}
