import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import { upsertMemo, upsertSearchAttributes } from '@temporalio/workflow';
import { SEARCH_ATTRIBUTES } from '../domain/protocol.js';

const { status, dataset, generation, accuracy } = SEARCH_ATTRIBUTES;

/** What work is searched by. */
export const ATTRIBUTES = {
  status: defineSearchAttributeKey(status.name, status.type),
  dataset: defineSearchAttributeKey(dataset.name, dataset.type),
  generation: defineSearchAttributeKey(generation.name, generation.type),
  accuracy: defineSearchAttributeKey(accuracy.name, accuracy.type),
};

/** Says a memo once, and of search attributes only what has changed: each change costs an event. */
export function attributesPublisher(): (
  memo: Readonly<Record<string, string>>,
  attributes: readonly SearchAttributePair[],
) => void {
  const published = new Map<string, unknown>();
  return (memo, attributes) => {
    if (published.size === 0) upsertMemo({ ...memo });
    const changes = attributes.filter(({ key, value }) => published.get(key.name) !== value);
    if (changes.length === 0) return;
    for (const { key, value } of changes) published.set(key.name, value);
    upsertSearchAttributes(changes);
  };
}
