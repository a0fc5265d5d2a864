import { condition, defineUpdate, setHandler } from '@temporalio/workflow';
import { DECIDE_UPDATE, type DecideInput } from '../domain/protocol.js';
import type { Decision } from '../domain/records.js';
import type { Question } from '../domain/run.js';

export const decideUpdate = defineUpdate<Decision, [DecideInput]>(DECIDE_UPDATE);

export interface Approval {
  /** The open question. */
  readonly question: Question | undefined;
  /** Waits until a person has decided. */
  ask(question: Question): Promise<Decision>;
}

/** Listens to decisions; refuses those on no open question. */
export function listenToDecisions(onChange: () => void): Approval {
  let question: Question | undefined;
  let answer: Decision | undefined;

  setHandler(
    decideUpdate,
    ({ promote, by, reason }) => {
      question = undefined;
      answer = { promote, by, reason };
      onChange();
      return answer;
    },
    { validator: (decision) => refuse(decision, question) },
  );

  return {
    get question() {
      return question;
    },
    async ask(asked) {
      question = asked;
      answer = undefined;
      onChange();
      await condition(() => answer !== undefined);
      return answer as unknown as Decision;
    },
  };
}

function refuse({ about, promote, by }: DecideInput, question: Question | undefined): void {
  if (!question) throw new Error(`decision on ${about}: no question is open`);
  if (about !== question.about) {
    throw new Error(`decision on ${about}: expected one on ${question.about}, which waits for it`);
  }
  if (typeof promote !== 'boolean') throw new Error(`promote: received ${promote}, expected true or false`);
  if (typeof by !== 'string' || by.trim() === '') throw new Error('by: expected the name of who decides');
}
