import type { DataConfig } from '../../domain/config/data.js';
import { imageBytes } from '../../domain/image-bytes.js';
import { joinLeftOut, type LeftOut } from '../../domain/left-out.js';
import type { ImageShape, SplitName } from '../../domain/records.js';
import { picturesByClass } from './budget.js';
import { STORED_EXAMPLES } from './collect-left-out.js';
import { contradictoryFiles } from './contradictory-files.js';
import { DATA_FIELDS } from './data-fields.js';
import { chooseShape } from './decode/choose-shape.js';
import { type Listing, listData } from './listing.js';

/** The data set that a run would get if all pictures are readable and none has copies. */
export interface DataSurvey {
  readonly classes: readonly string[];
  readonly image: ImageShape;
  readonly counts: Readonly<Record<SplitName, number>>;
  /** Size of all splits' pixels in the store. */
  readonly packedBytes: number;
  /** What the run would leave out or change, as far as names, headers and equal files show. */
  readonly leftOut: readonly LeftOut[];
}

function countsOf({ classes, pictures, newLabels }: Listing, data: DataConfig): Record<SplitName, number> {
  const { labelsPerClass, validationPerClass } = data;
  const byClass = picturesByClass(pictures.labelled.map(({ label }) => label));
  const validation = classes.length * validationPerClass;
  const labelled = classes.reduce((sum, name) => {
    const left = byClass.get(name)! - validationPerClass;
    return sum + (labelsPerClass === 'all' ? left : labelsPerClass);
  }, 0);
  const rest = pictures.labelled.length - labelled - validation;
  const ofRest = newLabels.size - pictures.unlabelled.filter(({ name }) => newLabels.has(name)).length;
  // New labels of images that are labelled anyway add none.
  const added = newLabels.size - Math.max(0, ofRest - rest);
  const unlabelled = rest + pictures.unlabelled.length - added;
  return { labelled: labelled + added, validation, unlabelled, test: pictures.test.length };
}

/**
 * Counts a configuration's images without decoding them: reads names, labels and headers, and compares the
 * bytes of labelled files of equal size.
 * @throws DataError as {@link prepareDataset}, if names or labels are the reason
 */
export async function surveyData(data: DataConfig): Promise<DataSurvey> {
  const listing = await listData(data);
  const { labelled, unlabelled, test } = listing.pictures;
  const { image, leftOut } = await chooseShape(data.image, labelled, [...unlabelled, ...test], DATA_FIELDS);
  const counts = countsOf(listing, data);
  const images = counts.labelled + counts.validation + counts.unlabelled + counts.test;
  return {
    classes: listing.classes,
    image,
    counts,
    packedBytes: images * imageBytes(image),
    leftOut: joinLeftOut([listing.leftOut, leftOut, await contradictoryFiles(labelled)], STORED_EXAMPLES),
  };
}
