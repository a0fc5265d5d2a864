import { defineSignal, setHandler } from '@temporalio/workflow';
import type {
  CurrentGeneration,
  GenerationAdvance,
  GenerationRecord,
  SelfTrainingConfig,
  SelfTrainingDetails,
} from '../../../domain/methods/self-training.js';
import type { Evaluation } from '../../../domain/records.js';
import type { RunContext } from '../../run-context.js';
import type { OpenStage } from '../../stages.js';

/** A generation's child workflow reports its progress to the run by this signal. */
export const advancedSignal = defineSignal<[GenerationAdvance]>('advanced');

/** The generations of a run: those that have ended, and the one in progress. */
export class Generations {
  records: readonly GenerationRecord[];
  private current: CurrentGeneration | undefined;
  private stage: OpenStage | undefined;
  private part: GenerationAdvance['part'] | undefined;

  /** @param state of a run that continued as new: its records */
  constructor(
    private readonly run: RunContext<SelfTrainingConfig>,
    state: unknown,
  ) {
    this.records = (state as readonly GenerationRecord[] | undefined) ?? [];
    run.showDetails((): SelfTrainingDetails => {
      const { records, current } = this;
      return { generations: records, ...(current && { current }) };
    });
    setHandler(advancedSignal, (advance) => this.update(advance));
    this.showAccuracy();
  }

  /** The last promoted generation. */
  get champion(): GenerationRecord | undefined {
    return this.records.findLast(({ promoted }) => promoted);
  }

  begin(generation: number, stage: OpenStage): void {
    this.current = { generation };
    this.stage = stage;
    this.part = undefined;
  }

  update({ part, ...current }: GenerationAdvance): void {
    this.current = current;
    if (part !== this.part) this.stage?.part(part);
    this.part = part;
  }

  add(record: GenerationRecord): GenerationRecord {
    this.records = [...this.records, record];
    this.current = undefined;
    this.showAccuracy();
    return record;
  }

  addTest(generation: number, test: Evaluation): void {
    this.records = this.records.map((record) =>
      record.generation === generation ? { ...record, test } : record,
    );
  }

  private showAccuracy(): void {
    if (this.champion) this.run.showAccuracy(this.champion.model.validation.accuracy);
  }
}
