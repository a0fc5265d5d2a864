import type { GapReport } from '../../../domain/methods/gap.js';
import type { Picture } from '../../../learning/augmentation/picture.js';
import { type ImageSet, pictureOf } from '../../../learning/datasets/image-set.js';
import { type Cell, inRows, type Sheet } from '../../sheet/sheet.js';
import { countText, percentText } from '../../view/quantities.js';

const COLUMNS = 6;
/** White pixels between the two images of a pair. */
const BETWEEN = 4;
/** Small images are enlarged to at most this side, by a whole factor. */
const SMALL = 96;

function enlarged({ width, height, channels, data }: Picture): Picture {
  const times = Math.max(1, Math.floor(SMALL / Math.max(width, height)));
  const [across, down] = [width * times, height * times];
  const large = new Uint8Array(across * down * channels);
  for (let at = 0; at < across * down; at++) {
    const from = Math.floor(at / across / times) * width + Math.floor((at % across) / times);
    for (let channel = 0; channel < channels; channel++) {
      large[at * channels + channel] = data[from * channels + channel]!;
    }
  }
  return { width: across, height: down, channels, data: large };
}

/** Joins two pictures of the same size into one; enlarges small ones. */
export function sideBySide(left: Picture, right: Picture): Picture {
  const [one, other] = [enlarged(left), enlarged(right)];
  const { width, height, channels } = one;
  const across = 2 * width + BETWEEN;
  const data = new Uint8Array(across * height * channels).fill(255);
  const row = width * channels;
  for (let y = 0; y < height; y++) {
    const start = y * across * channels;
    data.set(one.data.subarray(y * row, (y + 1) * row), start);
    data.set(other.data.subarray(y * row, (y + 1) * row), start + row + BETWEEN * channels);
  }
  return { width: across, height, channels, data };
}

/**
 * The real images that are farthest from the labelled images, each beside its nearest labelled image.
 * @param shown number of images, the farthest first
 */
export function uncoveredSheet(
  { gap, classNames }: GapReport,
  real: ImageSet,
  labelled: ImageSet,
  shown = gap.leastCovered.length,
): Sheet {
  const cells = gap.leastCovered
    .slice(0, shown)
    .map(({ position, nearest, farness, guess, confidence }): Cell => {
      const picture = sideBySide(pictureOf(real, position), pictureOf(labelled, nearest));
      const near = classNames[labelled.label(nearest)] ?? 'unlabelled';
      return {
        picture,
        lines: [
          `${classNames[guess]}? ${percentText(confidence, 0)}`,
          `nearest: ${near}`,
          farness >= Number.MAX_VALUE ? 'unlike any' : `${farness.toFixed(2)} times the radius`,
        ],
      };
    });
  const { neighbours, clean } = gap.features;
  return {
    title:
      shown < gap.leastCovered.length
        ? `The ${shown} least covered images of ${gap.leastCovered.length}`
        : 'Least covered images',
    remark: `Left: a real image; right: its nearest labelled image. ${percentText(clean.uncovered, 1)} of ${countText(gap.real)} real images are outside the radius of every labelled image, which is the distance to its neighbour number ${neighbours}.`,
    rows: inRows(cells, COLUMNS),
  };
}
