import type { Cell } from './cell.js';
import type { Recipe } from './recipe.js';
import { settingsHash } from './settings-hash.js';

function isRecipe(value: object): value is Recipe {
  return 'view' in value && 'network' in value && 'training' in value && 'generation' in value;
}

/** Keys of all models that settings contain, including ancestors. */
export function modelsOf({ settings, seed }: Pick<Cell, 'settings' | 'seed'>): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isRecipe(value)) names.add(`${seed} ${settingsHash(value)}`);
    for (const part of Object.values(value)) visit(part);
  };
  visit(settings);
  return names;
}

/** A queue of cells in which no two cells that are measured at once train the same model. */
export class CellQueue {
  private readonly waiting: Cell[];
  private readonly running = new Map<Cell, ReadonlySet<string>>();
  private readonly trained = new Set<string>();
  private wake: () => void = () => {};
  private changed = this.nextChange();

  /** @param measured cells whose models are trained already */
  constructor(cells: readonly Cell[], measured: readonly Cell[] = []) {
    this.waiting = [...cells];
    for (const cell of measured) this.markTrained(cell);
  }

  /** Returns the next cell that needs no model in training, waiting for one; undefined when no cells are left. */
  async next(): Promise<Cell | undefined> {
    while (this.waiting.length > 0) {
      const place = this.waiting.findIndex((cell) => this.isFree(cell));
      if (place >= 0) {
        const [cell] = this.waiting.splice(place, 1);
        this.running.set(cell!, this.untrained(cell!));
        return cell;
      }
      await this.changed;
    }
    return undefined;
  }

  done(cell: Cell): void {
    this.running.delete(cell);
    this.markTrained(cell);
    this.wake();
    this.changed = this.nextChange();
  }

  private nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  private markTrained(cell: Cell): void {
    for (const model of modelsOf(cell)) this.trained.add(model);
  }

  private untrained(cell: Cell): ReadonlySet<string> {
    return new Set([...modelsOf(cell)].filter((model) => !this.trained.has(model)));
  }

  private isFree(cell: Cell): boolean {
    const models = this.untrained(cell);
    return [...this.running.values()].every((others) => [...others].every((model) => !models.has(model)));
  }
}
