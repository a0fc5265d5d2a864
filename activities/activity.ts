import { z } from 'zod';
import type { ActivityProgress } from '../domain/records.js';
import type { ActivityContext } from './context.js';

/** trainer: in a child process of a trainer, with heartbeats. orchestrator: quick, without TensorFlow. */
export type Place = 'trainer' | 'orchestrator';

/** An activity, defined once: its place, its input, its progress, and its code, which is loaded when it runs. */
export interface Activity<On extends Place, Input, Result> {
  readonly on: On;
  readonly input: z.ZodType;
  /** Its kind decides label and unit of the progress: steps for `train`, images for the others. */
  readonly kind: ActivityProgress['activity'];
  /** Units of the whole activity; 0 if the input does not say. */
  total(input: Input): number;
  load(): Promise<Run<Input, Result>>;
}

type Run<Input, Result> = (input: Input, context: ActivityContext) => Promise<Result>;

/** A check for each key of the input; no other keys are accepted. */
type Checks<Input> = { readonly [Key in keyof Required<Input>]: z.ZodType };

interface Definition<Input, Result> {
  readonly input: Checks<NoInfer<Input>>;
  /** The code in a module of its own: most load TensorFlow, which takes seconds. */
  load(): Promise<Run<Input, Result>>;
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
  return { on: 'trainer', input: z.strictObject({ ...input }), kind, total, load };
}

export function onOrchestrator<Input, Result>({
  input,
  load,
}: Definition<Input, Result>): Activity<'orchestrator', Input, Result> {
  return { on: 'orchestrator', input: z.strictObject({ ...input }), kind: 'evaluate', total: () => 0, load };
}
