type Call = () => Promise<unknown>;

/**
 * Wraps each activity in a function.
 * @param around gets the activity's name and a function that runs it
 */
export function aroundActivities<Activities extends object>(
  activities: Activities,
  around: (name: string, call: Call) => Promise<unknown>,
): Activities {
  const wrapped = Object.entries(activities).map(([name, activity]) => [
    name,
    (...input: unknown[]) => around(name, async () => activity(...input)),
  ]);
  return Object.fromEntries(wrapped) as Activities;
}
