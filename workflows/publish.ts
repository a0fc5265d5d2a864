import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { SEARCH_ATTRIBUTES } from '../domain/protocol.js';
import type { Part, RunProgress } from '../domain/run.js';

const { status, method, stage, dataset, accuracy } = SEARCH_ATTRIBUTES;

const ATTRIBUTES = {
  status: defineSearchAttributeKey(status.name, status.type),
  method: defineSearchAttributeKey(method.name, method.type),
  stage: defineSearchAttributeKey(stage.name, stage.type),
  dataset: defineSearchAttributeKey(dataset.name, dataset.type),
  accuracy: defineSearchAttributeKey(accuracy.name, accuracy.type),
};

/** Values of search attributes that are not in the progress. */
interface Highlights {
  readonly stage: string | undefined;
  /** Validation accuracy of the best model so far. */
  readonly accuracy: number | undefined;
}

/** Publishes a run's progress in Temporal's UI and search attributes. */
export function publisher(): (progress: RunProgress, highlights: Highlights) => void {
  const published = new Map<string, unknown>();
  return (progress, highlights) => {
    setCurrentDetails(detailsText(progress));
    const changes = attributesOf(progress, highlights).filter(
      ({ key, value }) => published.get(key.name) !== value,
    );
    // Each call adds an event to the history.
    if (changes.length === 0) return;
    for (const { key, value } of changes) published.set(key.name, value);
    upsertSearchAttributes(changes);
  };
}

function attributesOf(progress: RunProgress, { stage, accuracy }: Highlights): SearchAttributePair[] {
  return [
    { key: ATTRIBUTES.status, value: progress.status },
    { key: ATTRIBUTES.method, value: progress.config.method },
    ...(stage === undefined ? [] : [{ key: ATTRIBUTES.stage, value: stage }]),
    ...(progress.dataset ? [{ key: ATTRIBUTES.dataset, value: progress.dataset.contentHash }] : []),
    ...(accuracy === undefined ? [] : [{ key: ATTRIBUTES.accuracy, value: accuracy }]),
  ];
}

const MARKS = { running: '●', done: '✓', stopped: '–', failed: '✗' } as const;

/** The progress in Markdown. */
export function detailsText({ runId, config, status, stages, question }: RunProgress): string {
  const lines = stages.flatMap(({ parts = [], ...stage }) => [
    `- ${partText(stage)}`,
    ...parts.map((part) => `  - ${partText(part)}`),
  ]);
  const waiting = question
    ? [
        `**Waits for a decision on ${question.about}**: \`apprentice approve ${runId}\` or \`apprentice reject ${runId}\`.`,
        '',
      ]
    : [];
  return [`**${config.method}**: ${status}`, '', ...waiting, ...lines].join('\n');
}

function partText({ name, status, note }: Part): string {
  return `${MARKS[status]} ${name}${note ? `: ${note}` : ''}`;
}
