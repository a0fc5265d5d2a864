import { fileURLToPath } from 'node:url';

/** The folder of the recorded histories. */
export const HISTORIES = fileURLToPath(new URL('../../../test/unit/workflows/histories/', import.meta.url));

/** All recorded histories, by file name without `.json.gz`; record-histories.ts writes them. */
export const HISTORY_NAMES = [
  'distill-approved',
  'distill-completed',
  'distill-paused',
  'evaluate-completed',
  'extend-completed',
  'gap-completed',
  'label-next-completed',
  'robustness-completed',
  'search-cancelled',
  'search-completed',
  'search-continued-first',
  'search-continued-last',
  'search-trial',
  'search-trial-cancelled',
  'self-training-adopted',
  'self-training-adopted-generation-0',
  'self-training-approved',
  'self-training-cancelled',
  'self-training-cancelled-generation-1',
  'self-training-completed',
  'self-training-completed-generation-0',
  'self-training-completed-generation-1',
  'self-training-continued-first',
  'self-training-continued-last',
  'self-training-failed',
  'self-training-paused',
  'self-training-paused-generation-1',
  'self-training-sharded-generation-1',
  'self-training-superseded',
  'transfer-completed',
] as const;

export type HistoryName = (typeof HISTORY_NAMES)[number];
