import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import { setCurrentDetails, upsertMemo, upsertSearchAttributes } from '@temporalio/workflow';
import { SEARCH_ATTRIBUTES } from '../domain/protocol.js';
import type { RunProgress } from '../domain/records.js';
import { detailsText } from './details.js';

const { status, dataset, generation, accuracy } = SEARCH_ATTRIBUTES;
const STATUS = defineSearchAttributeKey(status.name, status.type);
const DATASET = defineSearchAttributeKey(dataset.name, dataset.type);
const GENERATION = defineSearchAttributeKey(generation.name, generation.type);
const ACCURACY = defineSearchAttributeKey(accuracy.name, accuracy.type);

/** Shows progress in Temporal's pages and searches; says only what has changed, each change costs an event. */
export function publisher(): (progress: RunProgress) => void {
  const published = new Map<string, unknown>();
  return (progress) => {
    setCurrentDetails(detailsText(progress));
    if (published.size === 0) upsertMemo({ name: progress.config.name });
    const changes = attributesOf(progress).filter(({ key, value }) => published.get(key.name) !== value);
    if (changes.length === 0) return;
    for (const { key, value } of changes) published.set(key.name, value);
    upsertSearchAttributes(changes);
  };
}

function attributesOf(progress: RunProgress): SearchAttributePair[] {
  const champion = progress.generations.findLast(({ promoted }) => promoted);
  return [
    { key: STATUS, value: progress.status },
    { key: GENERATION, value: progress.generation },
    ...(progress.dataset ? [{ key: DATASET, value: progress.dataset.contentHash }] : []),
    ...(champion ? [{ key: ACCURACY, value: champion.model.validation.accuracy }] : []),
  ];
}
