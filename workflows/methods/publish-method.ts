import type { SearchAttributePair } from '@temporalio/common';
import { setCurrentDetails } from '@temporalio/workflow';
import { commandOf, type MethodProgress } from '../../domain/methods.js';
import { ATTRIBUTES, attributesPublisher } from '../publish-attributes.js';

/** Shows a method's progress in Temporal's pages and searches. */
export function methodPublisher(): (progress: MethodProgress) => void {
  const publish = attributesPublisher();
  return (progress) => {
    setCurrentDetails(stagesText(progress));
    publish({ name: progress.config.name, method: progress.method }, attributesOf(progress));
  };
}

function attributesOf({ status, dataset }: MethodProgress): SearchAttributePair[] {
  return [
    { key: ATTRIBUTES.status, value: status },
    ...(dataset ? [{ key: ATTRIBUTES.dataset, value: dataset.contentHash }] : []),
  ];
}

const MARKS = { running: '●', done: '✓', stopped: '–', failed: '✗' } as const;

/** In Markdown. */
function stagesText({ method, status, stages }: MethodProgress): string {
  const lines = stages.map(
    (stage) => `- ${MARKS[stage.status]} ${stage.name}${stage.note ? `: ${stage.note}` : ''}`,
  );
  return [`**${commandOf(method)}**: ${status}`, '', ...lines].join('\n');
}
