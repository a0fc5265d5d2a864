import { DEFAULT_FIT } from '../../domain/config/fit-of.js';
import type { RunConfig } from '../../domain/config.js';
import type { OpenedModel } from '../../domain/methods.js';
import { parametersOf } from '../../domain/stored-model.js';
import { findModel } from '../../storage/find-model.js';
import { homeOf } from '../../storage/home.js';
import { hasModelCard, readModel, readModelCard } from '../../storage/models.js';
import { openStore } from '../../storage/open-store.js';
import { askEngine } from '../engine/ask.js';

/**
 * The model that is to be a run's teacher, as the run would find it now; undefined where the teacher is trained.
 * @throws ConfigurationError when nothing has that name
 * @throws ModelError when it is no image classifier
 */
export async function findTeacher({ teacher: { from }, data }: RunConfig): Promise<OpenedModel | undefined> {
  if (from === undefined) return undefined;
  const { name, store, key } = await findModel(from, openStore(homeOf(process.env).storeUrl), 'teacher.from');
  const found = { reference: from, name, modelKey: key };
  if (await hasModelCard(store, key)) {
    const { classes, image, fit, weightsHash } = await readModelCard(store, key);
    const parameters = parametersOf(await readModel(store, key));
    return { ...found, classes, outputs: classes.length, image, fit, parameters, weightsHash };
  }
  const { model, card } = await askEngine('foreignModel', from);
  const { fit = DEFAULT_FIT } = data.image;
  const outputs = card.classes.length;
  return { ...found, outputs, image: card.image, fit, parameters: parametersOf(model), weightsHash: '' };
}
