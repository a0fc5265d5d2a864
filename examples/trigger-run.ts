/**
 * Starts a run from a program and follows it to its end.
 *
 *   apprentice up                          # in another terminal, or TEMPORAL_ADDRESS=… for a server of yours
 *   node dist/examples/trigger-run.js FOLDER
 *
 * FOLDER has one folder of more than 100 pictures for each class. A program that has Apprentice installed imports it
 * from 'apprentice'.
 */
import { Apprentice } from '../client/index.js';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('received no folder, expected one with a folder of pictures for each class');

await using apprentice = await Apprentice.connect();

const run = await apprentice.start({
  name: 'from-a-program',
  generations: 1,
  data: { labelled: { format: 'class-folders', path: folder }, labelsPerClass: 50, validationPerClass: 50 },
});
console.log(`started ${run.runId}`);

for await (const { progress, activities, problems } of run.follow()) {
  const stage = progress.stages.at(-1)?.name ?? '';
  const at = activities.map(({ activity, done, total }) => `${activity} ${done} of ${total}`).join(', ');
  console.log([`${stage}: ${progress.status}`, at, ...problems].filter(Boolean).join(' · '));
}

const report = await run.result();
for (const { generation, model, promoted } of report.generations) {
  const accuracy = (100 * model.validation.accuracy).toFixed(1);
  console.log(`generation ${generation}: ${accuracy} % on validation${promoted ? ', promoted' : ''}`);
}
console.log(`the model to use: ${report.model.modelKey}`);
