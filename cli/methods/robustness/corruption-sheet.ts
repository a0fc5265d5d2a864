import { SEVERITIES } from '../../../domain/corruption.js';
import type { RobustnessReport } from '../../../domain/methods/robustness.js';
import { corruptedPicture } from '../../../learning/corruptions/corrupted-images.js';
import { strengthOf, UNITS } from '../../../learning/corruptions/strengths.js';
import { type ImageSet, pictureOf } from '../../../learning/datasets/image-set.js';
import type { Row, Sheet } from '../../sheet/sheet.js';

/** A test picture under each corruption, severities from left to right. */
export async function corruptionSheet(
  { models, seed, split }: Pick<RobustnessReport, 'models' | 'seed' | 'split'>,
  images: ImageSet,
  position: number,
): Promise<Sheet> {
  const picture = pictureOf(images, position);
  const measured = models[0]!.corrupted;
  const names = [...new Set(measured.map(({ corruption }) => corruption))];
  const rows = names.map(async (corruption): Promise<Row> => {
    const cells = SEVERITIES.filter((severity) => measured.some((one) => one.severity === severity)).map(
      async (severity) => ({
        picture: await corruptedPicture(images, position, { corruption, severity, seed }),
        lines: [`${severity}: ${strengthOf(corruption, severity, picture)}`],
      }),
    );
    const title = [corruption, UNITS[corruption]] as const;
    return { title, cells: [{ picture, lines: ['clean'] }, ...(await Promise.all(cells))] };
  });
  return {
    title: 'Corruptions',
    remark: `Image ${position} of ${split}, severities from left to right.`,
    rows: await Promise.all(rows),
  };
}
