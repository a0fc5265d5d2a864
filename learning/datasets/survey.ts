import type { DataConfig } from '../../domain/config/data.js';
import { imageBytes } from '../../domain/image-bytes.js';
import type { ImageShape, SplitName } from '../../domain/records.js';
import { picturesByClass } from './budget.js';
import { chooseShape } from './decode/choose-shape.js';
import { type Listing, listData } from './listing.js';

/** What a run would work on, if every picture is readable and none is there twice. */
export interface DataSurvey {
  readonly classes: readonly string[];
  readonly image: ImageShape;
  readonly counts: Readonly<Record<SplitName, number>>;
  /** Pixels of all splits in the store. */
  readonly packedBytes: number;
}

function countsOf({ classes, pictures, answers }: Listing, data: DataConfig): Record<SplitName, number> {
  const { labelsPerClass, validationPerClass } = data;
  const byClass = picturesByClass(pictures.labelled.map(({ label }) => label));
  const validation = classes.length * validationPerClass;
  const labelled = classes.reduce((sum, name) => {
    const left = byClass.get(name)! - validationPerClass;
    return sum + (labelsPerClass === 'all' ? left : labelsPerClass);
  }, 0);
  const rest = pictures.labelled.length - labelled - validation;
  const ofRest = answers.size - pictures.unlabelled.filter(({ name }) => answers.has(name)).length;
  // Answers for images that are labelled anyway add none.
  const answered = answers.size - Math.max(0, ofRest - rest);
  const unlabelled = rest + pictures.unlabelled.length - answered;
  return { labelled: labelled + answered, validation, unlabelled, test: pictures.test.length };
}

/**
 * Looks at a configuration's data without decoding it: names, labels, and the first picture's header.
 * @throws DataError as preparing would, as far as names and labels tell
 */
export async function surveyData(data: DataConfig): Promise<DataSurvey> {
  const listing = await listData(data);
  const image = await chooseShape(data.image, listing.pictures.labelled);
  const counts = countsOf(listing, data);
  const images = counts.labelled + counts.validation + counts.unlabelled + counts.test;
  return { classes: listing.classes, image, counts, packedBytes: images * imageBytes(image) };
}
