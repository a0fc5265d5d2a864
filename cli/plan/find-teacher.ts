import { findModel, hasModelCard, localStore, readModel, readModelCard } from '../../client/local-store.js';
import { DEFAULT_FIT } from '../../domain/config/image-settings.js';
import type { SelfTrainingConfig } from '../../domain/methods/self-training.js';
import { parametersOf } from '../../domain/stored-model.js';
import { runEngineTask } from '../tensorflow/run-task.js';
import type { KnownTeacher } from './plan-run.js';

/**
 * The model that is to be a run's teacher, as the run would find it now; undefined where the teacher is trained.
 * @throws ConfigurationError when nothing has that name
 * @throws ModelError when it is no image classifier
 */
export async function findTeacher({
  teacher: { from },
  data,
}: SelfTrainingConfig): Promise<KnownTeacher | undefined> {
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
