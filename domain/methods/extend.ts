/** A model on the images of one task. Shares from 0 to 1. */
export interface TaskAccuracy {
  readonly images: number;
  /** The best of the task's own classes is right: it is known which task an image is of. */
  readonly within: number;
  /** The best of all classes is right. */
  readonly overall: number;
}

/** What of the old classes is lost: accuracy before less accuracy after. */
export interface Forgetting {
  readonly within: number;
  readonly overall: number;
}

/** How a model can learn new classes. */
export const EXTENSIONS = ['retention', 'fine-tuning', 'head-only', 'joint'] as const;

export type ExtensionName = (typeof EXTENSIONS)[number];

/** What one way of learning the new classes came to. */
export interface ExtensionResult {
  readonly name: ExtensionName;
  readonly new: TaskAccuracy;
  /** Absent where there are no images of the old classes. */
  readonly old?: TaskAccuracy;
  readonly forgetting?: Forgetting;
}
