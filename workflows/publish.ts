import type { SearchAttributePair } from '@temporalio/common';
import { setCurrentDetails } from '@temporalio/workflow';
import type { RunProgress } from '../domain/records.js';
import { detailsText } from './details.js';
import { ATTRIBUTES, attributesPublisher } from './publish-attributes.js';

/** Shows a run's progress in Temporal's pages and searches. */
export function publisher(): (progress: RunProgress) => void {
  const publish = attributesPublisher();
  return (progress) => {
    setCurrentDetails(detailsText(progress));
    publish({ name: progress.config.name }, attributesOf(progress));
  };
}

function attributesOf({ generations, status, generation, dataset }: RunProgress): SearchAttributePair[] {
  const champion = generations.findLast(({ promoted }) => promoted);
  return [
    { key: ATTRIBUTES.status, value: status },
    { key: ATTRIBUTES.generation, value: generation },
    ...(dataset ? [{ key: ATTRIBUTES.dataset, value: dataset.contentHash }] : []),
    ...(champion ? [{ key: ATTRIBUTES.accuracy, value: champion.model.validation.accuracy }] : []),
  ];
}
