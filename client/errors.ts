import { ApprenticeError } from '../domain/errors.js';

/** The Temporal server does not answer, or not in time, or has no such namespace. */
export class ServerUnreachableError extends ApprenticeError {}

/** No run has this id. */
export class UnknownRunError extends ApprenticeError {}

/** The run has ended and can no longer be steered. */
export class RunEndedError extends ApprenticeError {}

/** The server answers, but no worker of the required kind is running. */
export class NoWorkerError extends ApprenticeError {}

/** The run refused a decision: no question is open, or one about another model. */
export class DecisionRefusedError extends ApprenticeError {}

/** The run failed; the message has the cause. */
export class RunFailedError extends ApprenticeError {}

/** The run was cancelled or terminated. */
export class RunCancelledError extends ApprenticeError {}

/** No schedule has this id. */
export class UnknownScheduleError extends ApprenticeError {}
