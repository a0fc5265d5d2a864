import { userInfo } from 'node:os';
import { print } from '../streams.js';
import { withApprentice } from '../with-apprentice.js';

export interface DecideOptions {
  readonly reason?: string;
  readonly by?: string;
}

/** `apprentice approve RUN` and `apprentice reject RUN` */
export async function decide(runId: string, promote: boolean, options: DecideOptions): Promise<void> {
  const by = options.by ?? userName();
  const reason = options.reason ?? (promote ? 'approved' : 'rejected');
  const about = await withApprentice(async (apprentice) => {
    const run = apprentice.run(runId);
    const { question } = await run.progress();
    await run.decide({ promote, by, reason, ...(question && { about: question.about }) });
    return question?.about;
  });
  print(`${runId}: ${about} ${promote ? 'approved' : 'rejected'}.`);
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // Users in containers may have no name.
    return 'someone';
  }
}
