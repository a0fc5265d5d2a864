import { Client, Connection } from '@temporalio/client';

type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;
type Event = NonNullable<History['events']>[number];

const millisecondsOf = ({ eventTime }: Event): number =>
  Number(eventTime?.seconds ?? 0) * 1000 + (eventTime?.nanos ?? 0) / 1e6;

/** Seconds that the activities of some workflows ran, by activity name. */
export async function activityTimes(
  address: string,
  workflowIds: readonly string[],
): Promise<Map<string, number>> {
  const connection = await Connection.connect({ address });
  try {
    const client = new Client({ connection });
    const seconds = new Map<string, number>();
    for (const workflowId of workflowIds) {
      const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
      addTimes(events ?? [], seconds);
    }
    return seconds;
  } finally {
    await connection.close();
  }
}

function addTimes(events: readonly Event[], seconds: Map<string, number>): void {
  const names = new Map<string, string>();
  const starts = new Map<string, number>();
  for (const event of events) {
    const scheduled = event.activityTaskScheduledEventAttributes;
    const started = event.activityTaskStartedEventAttributes;
    const completed = event.activityTaskCompletedEventAttributes;
    if (scheduled) names.set(String(event.eventId), scheduled.activityType?.name ?? '');
    if (started) starts.set(String(started.scheduledEventId), millisecondsOf(event));
    if (completed) {
      const key = String(completed.scheduledEventId);
      const took = (millisecondsOf(event) - (starts.get(key) ?? millisecondsOf(event))) / 1000;
      const name = names.get(key) ?? '';
      seconds.set(name, (seconds.get(name) ?? 0) + took);
    }
  }
}
