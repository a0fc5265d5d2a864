import { sleep } from '@temporalio/workflow';
import { FEW_ATTEMPTS_ERRORS, HandedOverError } from '../domain/errors.js';
import { failureType } from './failure-type.js';

const ATTEMPTS = 3;
/** A file may reach the other machines of a network disk so much later. */
const WAIT = '20 seconds';

/**
 * Calls an activity until it is done. A planned hand-over counts as no attempt: the next call continues from the
 * checkpoint. An unexpected error gets few attempts, however many machines were lost before.
 */
export async function untilDone<T>(
  call: () => Promise<T>,
  wait: () => Promise<void> = () => sleep(WAIT),
): Promise<T> {
  for (let failures = 0; ; ) {
    try {
      return await call();
    } catch (error) {
      const type = failureType(error);
      if (type === HandedOverError.name) continue;
      if (!FEW_ATTEMPTS_ERRORS.includes(type) || ++failures === ATTEMPTS) throw error;
      await wait();
    }
  }
}
