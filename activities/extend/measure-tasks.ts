import type { BothTasks, ExtensionName, TaskAccuracy } from '../../domain/methods/extend.js';
import type { ArtifactKey, DatasetRecord } from '../../domain/records.js';
import { labelsOf } from '../../learning/datasets/image-set.js';
import { openDataset } from '../../learning/datasets/open.js';
import { type Task, taskAccuracy } from '../../learning/extension/task-accuracy.js';
import { predict } from '../../learning/models/predict.js';
import { readModel } from '../../storage/models.js';
import type { ActivityContext } from '../context.js';
import { imageProgress } from '../image-progress.js';
import type { PreparedExtension } from './prepare-extension.js';

/** The accuracies of a model on both tasks, by split. */
export interface MeasuredTasks {
  readonly validation: Partial<Omit<BothTasks, 'forgetting'>>;
  readonly test: Partial<Omit<BothTasks, 'forgetting'>>;
}

export interface MeasureTasksInput {
  readonly runId: string;
  readonly prepared: PreparedExtension;
  readonly modelKey: ArtifactKey;
  /** before: the old model, which has only the old classes. */
  readonly name: ExtensionName | 'before';
}

type Split = keyof MeasuredTasks;

/** Evaluates a model on each task that has images, on both splits. */
export async function measureTasks(
  { prepared, modelKey, name }: MeasureTasksInput,
  context: ActivityContext,
): Promise<MeasuredTasks> {
  const { store, signal } = context;
  const { dataset, old, oldClasses } = prepared;
  const isWidened = name !== 'before';
  const classes = isWidened ? dataset.classes.length : oldClasses.length;
  const first = oldClasses.length;
  const tasks: Array<readonly ['new' | 'old', DatasetRecord, Task]> = [];
  if (isWidened) tasks.push(['new', dataset, { first, count: classes - first }]);
  if (old) tasks.push(['old', old, { first: 0, count: first }]);

  const model = await readModel(store, modelKey);
  const total = tasks.reduce((sum, [, { counts }]) => sum + counts.validation + counts.test, 0);
  const { onShard, onProgress, endPart } = imageProgress(context, total);

  const measured: Record<Split, Partial<Record<'new' | 'old', TaskAccuracy>>> = { validation: {}, test: {} };
  for (const [task, of, own] of tasks) {
    const splits = await openDataset(of, store, {
      imagesToRead: ({ validation, test }) => [validation, test],
      onShard,
    });
    for (const split of ['validation', 'test'] as const) {
      const images = splits[split];
      if (images.count === 0) continue;
      const predictions = await predict({ model, images, signal, onProgress });
      measured[split][task] = taskAccuracy(predictions, labelsOf(images), classes, own);
      endPart(images.count);
    }
  }
  return measured;
}
