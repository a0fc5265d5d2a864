import type { MethodName } from '../../domain/methods.js';
import { bitsOf } from './bits.js';
import { configurationOf } from './configurations.js';
import { promotedBy } from './promoted.js';
import type { World } from './world.js';

/** What a run of a configuration comes to without faults. */
export interface Undisturbed {
  readonly bits: ReadonlyMap<string, unknown>;
  /** The models that it promotes, in order. */
  readonly promoted: readonly string[];
  readonly milliseconds: number;
}

/** Runs each configuration once without faults, at its first use. */
export class UndisturbedRuns {
  private readonly known = new Map<string, Undisturbed>();

  async of(world: World, method: MethodName, variant: number): Promise<Undisturbed> {
    const id = `${method}-${variant}-undisturbed`;
    const known = this.known.get(id);
    if (known) return known;
    const began = Date.now();
    const config = configurationOf(method, variant, world.pictures, id);
    const report = await (await world.apprentice.start(config, { runId: id })).result();
    const undisturbed = {
      bits: bitsOf(report),
      promoted: await promotedBy(world, id),
      milliseconds: Date.now() - began,
    };
    this.known.set(id, undisturbed);
    return undisturbed;
  }
}
