import { canonicalJson } from '../../domain/hash.js';
import type { Cell } from './cell.js';
import type { Recipe } from './recipe.js';

function isRecipe(value: object): value is Recipe {
  return 'view' in value && 'network' in value && 'training' in value && 'generation' in value;
}

/** Names of all models that settings speak of, ancestors too. */
export function modelsOf({ settings, seed }: Pick<Cell, 'settings' | 'seed'>): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isRecipe(value)) names.add(`${seed} ${canonicalJson(value)}`);
    for (const part of Object.values(value)) visit(part);
  };
  visit(settings);
  return names;
}

/** Cells in the order of their measuring; of those that are measured at once no two train the same model. */
export class CellQueue {
  private readonly waiting: Cell[];
  private readonly running = new Map<Cell, ReadonlySet<string>>();
  private readonly made = new Set<string>();
  private wake: () => void = () => {};
  private changed = this.nextChange();

  /** @param measured cells whose models are there */
  constructor(cells: readonly Cell[], measured: readonly Cell[] = []) {
    this.waiting = [...cells];
    for (const cell of measured) this.hasMade(cell);
  }

  /** The next cell that needs no model which is being trained; waits for one. None when all are taken. */
  async next(): Promise<Cell | undefined> {
    while (this.waiting.length > 0) {
      const place = this.waiting.findIndex((cell) => this.isFree(cell));
      if (place >= 0) {
        const [cell] = this.waiting.splice(place, 1);
        this.running.set(cell!, this.unmade(cell!));
        return cell;
      }
      await this.changed;
    }
    return undefined;
  }

  done(cell: Cell): void {
    this.running.delete(cell);
    this.hasMade(cell);
    this.wake();
    this.changed = this.nextChange();
  }

  private nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  private hasMade(cell: Cell): void {
    for (const model of modelsOf(cell)) this.made.add(model);
  }

  private unmade(cell: Cell): ReadonlySet<string> {
    return new Set([...modelsOf(cell)].filter((model) => !this.made.has(model)));
  }

  private isFree(cell: Cell): boolean {
    const models = this.unmade(cell);
    return [...this.running.values()].every((others) => [...others].every((model) => !models.has(model)));
  }
}
