import { percentText } from '../domain/percent-text.js';
import type { GenerationRecord, RunProgress, RunStatus } from '../domain/records.js';

const STATUS_TEXT: { readonly [Status in RunStatus]: (progress: RunProgress) => string } = {
  preparing: () => 'Reading and packing the images.',
  training: ({ generation, config }) =>
    generation === 0 ? 'Training the teacher.' : `Training student ${generation} of ${config.generations}.`,
  'pseudo-labelling': ({ generation, current }) =>
    `Labelling images for student ${generation}${current?.shards ? `: ${current.shards.done} of ${current.shards.of} shards` : ''}.`,
  judging: ({ generation, config }) =>
    generation === 0
      ? config.teacher.from
        ? `Measuring and promoting the teacher, ${config.teacher.from}.`
        : 'Promoting the teacher.'
      : `Comparing student ${generation} with the champion.`,
  'awaiting-approval': ({ generation, runId }) =>
    `**Waits for a decision on generation ${generation}**: \`apprentice approve ${runId}\` or \`apprentice reject ${runId}\`.`,
  paused: ({ runId }) => `**Paused**: \`apprentice resume ${runId}\` goes on from the last checkpoint.`,
  testing: () => 'Measuring every generation on the test images.',
  completed: () => 'Completed.',
  cancelled: () => 'Cancelled.',
  failed: () => 'Failed; the last event of the history says why.',
};

/** A run's progress in Markdown, for Temporal's own pages. */
export function detailsText(progress: RunProgress): string {
  const { dataset, generations } = progress;
  const lines = [STATUS_TEXT[progress.status](progress)];
  if (dataset) {
    const { labelled, unlabelled, validation, test } = dataset.counts;
    lines.push(
      '',
      `Data set ${dataset.contentHash}: ${dataset.classes.length} classes, ${labelled} labelled, ${unlabelled} unlabelled, ${validation} validation and ${test} test images.`,
    );
  }
  if (generations.length > 0) {
    lines.push('', '| generation | parameters | validation | test | promoted |', '|---|---|---|---|---|');
    lines.push(...generations.map(generationRow));
  }
  return lines.join('\n');
}

function generationRow({
  generation,
  role,
  model,
  test,
  promoted,
  version,
  verdict,
}: GenerationRecord): string {
  const cells = [
    `${generation} (${role})`,
    model.parameters,
    percentText(model.validation.accuracy),
    test ? percentText(test.accuracy) : '',
    promoted ? (version ? `version ${version}` : 'in this run') : `no: ${verdict?.reason ?? ''}`,
  ];
  return `| ${cells.join(' | ')} |`;
}
