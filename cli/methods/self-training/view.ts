import { generationFolder } from '../../../domain/methods/self-training.js';
import type { MethodView } from '../method-view.js';
import { generationFacts } from './facts.js';
import { nameOf } from './generation-view.js';
import { generationsView } from './live.js';
import { measuresText } from './measures-text.js';
import { generationLines } from './report-lines.js';
import { phaseWork } from './work.js';

export const view: MethodView<'self-training'> = {
  report: generationLines,
  body: generationsView,
  facts: generationFacts,
  work: phaseWork,
  measures: ({ progress: { details } }) =>
    details && details.generations.length > 0 ? measuresText(details.generations) : undefined,
  evaluated({ progress: { details } }) {
    const champion = details?.generations.findLast(({ promoted }) => promoted);
    if (!champion) return undefined;
    const { generation, test } = champion;
    const split = test ? 'test' : 'validation';
    return { model: generationFolder(generation), title: nameOf(generation), split };
  },
};
