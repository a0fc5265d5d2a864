import { joinLeftOut, type LeftOut, type LeftOutKind } from '../../domain/left-out.js';

/** Examples of each kind in the store: enough to look into, and no load for the memory. */
export const STORED_EXAMPLES = 1000;

/** Counts what a source leaves out, with examples. */
export class LeftOutCollector {
  private readonly kinds = new Map<LeftOutKind, { count: number; examples: LeftOut['examples'] }>();

  add(kind: LeftOutKind, name: string, reason?: string): void {
    const known = this.kinds.get(kind) ?? { count: 0, examples: [] };
    known.count++;
    if (known.examples.length < STORED_EXAMPLES) {
      known.examples.push({ name, ...(reason !== undefined && { reason }) });
    }
    this.kinds.set(kind, known);
  }

  /** @param of number of all pictures, for kinds that are a part of them */
  list(of?: number): LeftOut[] {
    const entries = [...this.kinds].map(([kind, found]) => ({
      kind,
      ...found,
      ...(of !== undefined && { of }),
    }));
    return joinLeftOut([entries], STORED_EXAMPLES);
  }
}
