import { condition, defineUpdate, setHandler } from '@temporalio/workflow';
import { DECIDE_UPDATE, type DecideInput } from '../domain/protocol.js';
import type { Decision } from '../domain/records.js';
import type { Question } from '../domain/run.js';

export const decideUpdate = defineUpdate<Decision, [DecideInput]>(DECIDE_UPDATE);

export interface Approval {
  readonly question: Question | undefined;
  /** Opens a question and waits for a person's decision. */
  ask(question: Question): Promise<Decision>;
}

/** Handles decision updates; refuses decisions without an open question. */
export function listenToDecisions(onChange: () => void): Approval {
  let question: Question | undefined;
  let decision: Decision | undefined;

  setHandler(
    decideUpdate,
    ({ promote, by, reason }) => {
      question = undefined;
      decision = { promote, by, reason };
      onChange();
      return decision;
    },
    { validator: (input) => validate(input, question) },
  );

  return {
    get question() {
      return question;
    },
    async ask(opened) {
      question = opened;
      decision = undefined;
      onChange();
      await condition(() => decision !== undefined);
      return decision as unknown as Decision;
    },
  };
}

function validate({ about, promote, by }: DecideInput, question: Question | undefined): void {
  if (!question)
    throw new Error(
      `decision on ${about}: no question is open, expected a run that waits for approval: \`apprentice show\` shows its status`,
    );
  if (about !== question.about) {
    throw new Error(`decision on ${about}: expected one on ${question.about}, the open question`);
  }
  if (typeof promote !== 'boolean') throw new Error(`promote: received ${promote}, expected true or false`);
  if (typeof by !== 'string' || by.trim() === '') {
    throw new Error(`by: received ${JSON.stringify(by)}, expected the name of a person`);
  }
}
