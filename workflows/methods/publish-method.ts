import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import { setCurrentDetails, upsertMemo, upsertSearchAttributes } from '@temporalio/workflow';
import type { MethodProgress } from '../../domain/methods.js';
import { SEARCH_ATTRIBUTES } from '../../domain/protocol.js';

const { status, dataset } = SEARCH_ATTRIBUTES;
const STATUS = defineSearchAttributeKey(status.name, status.type);
const DATASET = defineSearchAttributeKey(dataset.name, dataset.type);

/** Shows a method's progress in Temporal's pages and searches; says only what has changed. */
export function methodPublisher(): (progress: MethodProgress) => void {
  const published = new Map<string, unknown>();
  return (progress) => {
    setCurrentDetails(stagesText(progress));
    if (published.size === 0) upsertMemo({ name: progress.config.name, method: progress.method });
    const changes = attributesOf(progress).filter(({ key, value }) => published.get(key.name) !== value);
    if (changes.length === 0) return;
    for (const { key, value } of changes) published.set(key.name, value);
    upsertSearchAttributes(changes);
  };
}

function attributesOf(progress: MethodProgress): SearchAttributePair[] {
  return [
    { key: STATUS, value: progress.status },
    ...(progress.dataset ? [{ key: DATASET, value: progress.dataset.contentHash }] : []),
  ];
}

const MARKS = { running: '●', done: '✓', stopped: '–', failed: '✗' } as const;

/** In Markdown. */
function stagesText({ method, status, stages }: MethodProgress): string {
  const lines = stages.map(
    (stage) => `- ${MARKS[stage.status]} ${stage.name}${stage.note ? `: ${stage.note}` : ''}`,
  );
  return [`**${method}**: ${status}`, '', ...lines].join('\n');
}
