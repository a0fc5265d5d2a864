import { condition, defineUpdate, setHandler } from '@temporalio/workflow';
import { DECIDE_UPDATE, type DecideInput } from '../domain/protocol.js';
import type { Decision } from '../domain/records.js';

export const decideUpdate = defineUpdate<Decision, [DecideInput]>(DECIDE_UPDATE);

export interface Approval {
  /** Waits until a person has decided on a generation. */
  ask(generation: number): Promise<Decision>;
}

/** Listens to decisions; refuses those that nobody waits for. */
export function listenToDecisions(): Approval {
  let asked: number | undefined;
  let answer: Decision | undefined;

  setHandler(
    decideUpdate,
    ({ promote, by, reason }) => {
      asked = undefined;
      answer = { promote, by, reason };
      return answer;
    },
    { validator: (decision) => refuseUnasked(decision, asked) },
  );

  return {
    async ask(generation) {
      asked = generation;
      answer = undefined;
      await condition(() => answer !== undefined);
      return answer as unknown as Decision;
    },
  };
}

function refuseUnasked({ generation, promote, by }: DecideInput, asked: number | undefined): void {
  if (asked === undefined) {
    throw new Error(`decision on generation ${generation}: nothing waits for one now`);
  }
  if (generation !== asked) {
    throw new Error(`decision on generation ${generation}: expected one on generation ${asked}, which waits`);
  }
  if (typeof promote !== 'boolean') throw new Error(`promote: received ${promote}, expected true or false`);
  if (typeof by !== 'string' || by.trim() === '') throw new Error('by: expected the name of who decides');
}
