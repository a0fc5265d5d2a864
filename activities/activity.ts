import { z } from 'zod';
import { executionConfig } from '../domain/config/execution.js';
import type { ActivityProgress } from '../domain/records.js';
import type { ActivityContext } from './context.js';

/** trainer: runs in a child process of a trainer, with heartbeats. orchestrator: quick, without TensorFlow. */
export type Place = 'trainer' | 'orchestrator';

/** The definition of an activity. */
export interface Activity<On extends Place, Input, Result> {
  readonly on: On;
  readonly input: z.ZodType;
  /** Selects label and unit of the progress: steps for `train`, images for the others. */
  readonly kind: ActivityProgress['activity'];
  /** Number of units; 0 if the input does not determine it. */
  total(input: Input): number;
  load(): Promise<Implementation<Input, Result>>;
}

type Implementation<Input, Result> = (input: Input, context: ActivityContext) => Promise<Result>;

/** A schema for each key of the input; other keys are refused. */
type Checks<Input> = { readonly [Key in keyof Required<Input>]: z.ZodType };

interface Definition<Input, Result> {
  readonly input: Checks<NoInfer<Input>>;
  /** Imports the implementation when it is needed: most load TensorFlow, which takes seconds. */
  load(): Promise<Implementation<Input, Result>>;
}

interface TrainerDefinition<Input, Result> extends Definition<Input, Result> {
  readonly kind: ActivityProgress['activity'];
  total?(input: NoInfer<Input>): number;
}

export function onTrainer<Input, Result>({
  input,
  kind,
  total = () => 0,
  load,
}: TrainerDefinition<Input, Result>): Activity<'trainer', Input, Result> {
  const threads = executionConfig.shape.threads;
  return { on: 'trainer', input: z.strictObject({ ...input, threads }), kind, total, load };
}

export function onOrchestrator<Input, Result>({
  input,
  load,
}: Definition<Input, Result>): Activity<'orchestrator', Input, Result> {
  // Orchestrators report no progress, so kind and total are not read.
  return { on: 'orchestrator', input: z.strictObject({ ...input }), kind: 'evaluate', total: () => 0, load };
}
