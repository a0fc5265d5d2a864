import { isCancellation } from '@temporalio/workflow';
import type { Part, Stage } from '../domain/run.js';

export interface OpenStage {
  /** Ends the current part and begins the next. */
  part(name: string): void;
}

/** The stages of a run, sequential or concurrent. */
export class Stages {
  constructor(
    private all: readonly Stage[],
    private readonly onChange: () => void,
  ) {}

  get list(): readonly Stage[] {
    return this.all;
  }

  /** The running stage with its part, as text; undefined between stages. */
  get current(): string | undefined {
    const stage = this.all.findLast(({ status }) => status === 'running');
    const part = stage?.parts?.findLast(({ status }) => status === 'running');
    return part ? `${stage!.name}: ${part.name}` : stage?.name;
  }

  /** @param note describes the result */
  async run<T>(
    name: string,
    work: (stage: OpenStage) => Promise<T>,
    note?: (result: T) => string | undefined,
  ): Promise<T> {
    const place = this.all.length;
    this.change([...this.all, started(name)]);
    const update = (change: (stage: Stage) => Stage) =>
      this.change(this.all.map((stage, at) => (at === place ? change(stage) : stage)));
    const end = (status: Stage['status'], text?: string) =>
      update((stage) => ({ ...ended(withoutOpenParts(stage, status), status), ...(text && { note: text }) }));
    const open: OpenStage = {
      part: (next) =>
        update((stage) => {
          const { parts = [], ...rest } = withoutOpenParts(stage, 'done');
          return { ...rest, parts: [...parts, started(next)] };
        }),
    };
    try {
      const result = await work(open);
      end('done', note?.(result));
      return result;
    } catch (error) {
      end(isCancellation(error) ? 'stopped' : 'failed');
      throw error;
    }
  }

  private change(stages: readonly Stage[]): void {
    this.all = stages;
    this.onChange();
  }
}

function started(name: string): Part {
  return { name, status: 'running', startedAt: new Date().toISOString() };
}

function ended<Of extends Part>(part: Of, status: Part['status']): Of {
  return { ...part, status, endedAt: new Date().toISOString() };
}

function withoutOpenParts(stage: Stage, status: Part['status']): Stage {
  if (!stage.parts) return stage;
  return {
    ...stage,
    parts: stage.parts.map((part) => (part.status === 'running' ? ended(part, status) : part)),
  };
}
