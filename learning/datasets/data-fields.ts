/** Paths of a data set's settings in the configuration file: error messages name them. */
export interface DataFields {
  /** The section with all the others. */
  readonly data: string;
  readonly labelled: string;
  readonly unlabelled: string;
  readonly test: string;
  readonly answers: string;
  readonly labelsPerClass: string;
  readonly validationPerClass: string;
  readonly image: string;
  readonly maxRejectedShare: string;
}

export const DATA_FIELDS: DataFields = {
  data: 'data',
  labelled: 'data.labelled',
  unlabelled: 'data.unlabelled',
  test: 'data.test',
  answers: 'data.answers',
  labelsPerClass: 'data.labelsPerClass',
  validationPerClass: 'data.validationPerClass',
  image: 'data.image',
  maxRejectedShare: 'data.maxRejectedShare',
};
