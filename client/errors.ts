import { ApprenticeError } from '../domain/errors.js';

/** Nothing answers at the Temporal server's address, or not in time, or it does not know the namespace. */
export class ServerUnreachableError extends ApprenticeError {}

/** No run has this id. */
export class UnknownRunError extends ApprenticeError {}

/** The run has ended: it can't be paused, cancelled or decided on any more. */
export class RunEndedError extends ApprenticeError {}

/** The server is there, but no worker of the kind that is needed. */
export class NoWorkerError extends ApprenticeError {}

/** The run refused a decision: nothing waits for one, or not on this generation. */
export class DecisionRefusedError extends ApprenticeError {}

/** The run failed; the message says why. */
export class RunFailedError extends ApprenticeError {}

/** The run was cancelled, or terminated. */
export class RunCancelledError extends ApprenticeError {}

/** No schedule has this id. */
export class UnknownScheduleError extends ApprenticeError {}
