import { dataConfig } from '../../domain/config/data.js';
import { countOf, countText, percentText } from '../view/quantities.js';
import type { ClassCount, Survey } from './survey.js';

/** Sides that networks are trained on. */
const USUAL_SIDES = [32, 48, 64, 96, 128, 160, 224];
const SMALLEST_SIDE = 8;
const LARGEST_SIDE = 1024;
/** Classes that differ more deserve a word. */
const EVEN = 1.5;

const DEFAULTS = dataConfig.pick({ validationPerClass: true, maxRejectedShare: true }).parse({});

/** The largest class by the smallest; undefined for less than two, Infinity where one is empty. */
export function imbalance(classes: readonly ClassCount[]): number | undefined {
  if (classes.length < 2) return undefined;
  const counts = classes.map(({ pictures }) => pictures);
  return Math.max(...counts) / Math.min(...counts);
}

function colourHints({ gray, colour, colourless }: Survey['kinds']): string[] {
  if (colourless > 0 && colourless === colour) {
    return [`${countText(colour)} are stored in colour and have none: set data.image.colour to gray`];
  }
  if (gray === 0 || colour === 0) return [];
  return [
    `${countText(gray)} gray and ${countText(colour)} colour pictures: set data.image.colour to rgb or gray`,
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
    `${many}: set data.image.width and data.image.height, for example ${side} and ${side}; other shapes are cut unless data.image.fit is contain or fill`,
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
  if (ratio > EVEN && Number.isFinite(ratio)) {
    hints.push(
      `classes differ ${ratio >= 10 ? Math.round(ratio) : Number(ratio.toFixed(1))}-fold in size: "${smallest.name}" with ${countText(smallest.pictures)} bounds data.labelsPerClass and data.validationPerClass`,
    );
  }
  const { validationPerClass } = DEFAULTS;
  if (smallest.pictures > 0 && smallest.pictures <= validationPerClass) {
    const lower = Math.max(1, Math.floor(smallest.pictures / 4));
    hints.push(
      `"${smallest.name}" has ${countOf(smallest.pictures, 'picture')}: set data.validationPerClass (${validationPerClass} unless set) to about ${lower}`,
    );
  }
  return hints;
}

function wrongHints({ copies, unreadable, pictures }: Survey): string[] {
  const hints: string[] = [];
  const { redundant, conflicts } = copies;
  if (conflicts.length > 0) {
    hints.push(
      `${countOf(conflicts.length, 'picture is', 'pictures are')} in more than one class: at most one label is right, remove the others`,
    );
  }
  if (redundant > 0)
    hints.push(`${countOf(redundant, 'copy', 'copies')} of other pictures: more files, no more to learn`);
  const share = unreadable.length / pictures;
  if (share > DEFAULTS.maxRejectedShare) {
    hints.push(
      `${percentText(share, 1)} can’t be read, more than data.maxRejectedShare (${percentText(DEFAULTS.maxRejectedShare, 0)} unless set): a run would fail; mend or remove them`,
    );
  } else if (share > 0) hints.push('a run leaves out what can’t be read');
  return hints;
}

function kindHints({ kinds: { alpha, animated, cmyk, sixteenBit } }: Survey): string[] {
  return [
    ...(alpha > 0 ? [`${countText(alpha)} with transparency: it is laid on black`] : []),
    ...(animated > 0 ? [`${countText(animated)} animated: the first frame is taken`] : []),
    ...(cmyk > 0 ? [`${countText(cmyk)} in CMYK: they become sRGB`] : []),
    ...(sixteenBit > 0 ? [`${countText(sixteenBit)} with 16 bits: 8 are kept`] : []),
  ];
}

/** What follows for a configuration, in its words. */
export function hintsOf(survey: Survey): string[] {
  return [...sizeHints(survey), ...classHints(survey), ...wrongHints(survey), ...kindHints(survey)];
}
