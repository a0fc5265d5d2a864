import { findModel, hasModelCard, localStore, readModel, readModelCard } from '../../client/local-store.js';
import { DEFAULT_FIT } from '../../domain/config/image-settings.js';
import type { SelfTrainingConfig } from '../../domain/methods/self-training.js';
import { parametersOf } from '../../domain/stored-model.js';
import type { ExistingTeacher } from '../../learning/plan/plan-run.js';
import { runEngineTask } from '../tensorflow/run-task.js';

/**
 * Finds the existing teacher of a run; undefined if the teacher is trained.
 * @throws ConfigurationError if there is no such model
 * @throws ModelError if it is not an image classifier
 */
export async function findTeacher({
  teacher: { from },
  data,
}: SelfTrainingConfig): Promise<ExistingTeacher | undefined> {
  if (from === undefined) return undefined;
  const { name, store, key } = await findModel(from, localStore(process.env), 'teacher.from');
  const found = { reference: from, name };
  if (await hasModelCard(store, key)) {
    const { classes, image, fit } = await readModelCard(store, key);
    const parameters = parametersOf(await readModel(store, key));
    return { ...found, classes, outputs: classes.length, image, fit, parameters };
  }
  const { model, image, classes } = await runEngineTask('foreignModel', from);
  const { fit = DEFAULT_FIT } = data.image;
  return { ...found, outputs: classes.length, image, fit, parameters: parametersOf(model) };
}
