import { SEVERITIES } from '../../../domain/corruption.js';
import type { RobustnessReport } from '../../../domain/methods/robustness.js';
import { keyedRandom } from '../../../domain/random.js';
import type { Picture } from '../../../learning/augmentation/picture.js';
import { corrupt } from '../../../learning/corruptions/corrupt.js';
import { strengthOf, UNITS } from '../../../learning/corruptions/strengths.js';
import type { ImageSet } from '../../../learning/datasets/image-set.js';
import type { Row, Sheet } from '../../sheet/sheet.js';

/** A picture under each corruption, as the models saw it: severities from left to right. */
export async function corruptionSheet(
  { models, seed, split }: Pick<RobustnessReport, 'models' | 'seed' | 'split'>,
  images: ImageSet,
  position: number,
): Promise<Sheet> {
  const { height, width, channels } = images.shape;
  const picture: Picture = { height, width, channels, data: new Uint8Array(height * width * channels) };
  images.copy(position, picture.data, 0);
  const measured = models[0]!.corrupted;
  const names = [...new Set(measured.map(({ corruption }) => corruption))];
  const rows = names.map(async (corruption): Promise<Row> => {
    const cells = SEVERITIES.filter((severity) => measured.some((one) => one.severity === severity)).map(
      async (severity) => ({
        picture: await corrupt(
          picture,
          corruption,
          severity,
          keyedRandom(seed, 'corruption', corruption, severity, position),
        ),
        lines: [`${severity}: ${strengthOf(corruption, severity, picture)}`],
      }),
    );
    const title = [corruption, UNITS[corruption]] as const;
    return { title, cells: [{ picture, lines: ['clean'] }, ...(await Promise.all(cells))] };
  });
  return {
    title: 'Corruptions',
    remark: `Image ${position} of ${split} as the models saw it, severities from left to right.`,
    rows: await Promise.all(rows),
  };
}
