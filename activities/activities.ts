/** All activities by name. Types, input checks, queues and registration are derived from this table. */
import type { Activity, Place } from './activity.js';
import { distillActivities } from './distill/activities.js';
import { evaluateActivities } from './evaluate/activities.js';
import { extendActivities } from './extend/activities.js';
import { gapActivities } from './gap/activities.js';
import { labelNextActivities } from './label-next/activities.js';
import { robustnessActivities } from './robustness/activities.js';
import { searchActivities } from './search/activities.js';
import { selfTrainingActivities } from './self-training/activities.js';
import { sharedActivities } from './shared-activities.js';
import { transferActivities } from './transfer/activities.js';

export const ACTIVITIES = {
  ...sharedActivities,
  ...selfTrainingActivities,
  ...transferActivities,
  ...distillActivities,
  ...extendActivities,
  ...searchActivities,
  ...gapActivities,
  ...labelNextActivities,
  ...robustnessActivities,
  ...evaluateActivities,
};

type All = typeof ACTIVITIES;

export type ActivityName = keyof All & string;

type Parts<Name extends ActivityName> =
  All[Name] extends Activity<infer On, infer Input, infer Result>
    ? { readonly on: On; readonly input: Input; readonly result: Result }
    : never;

export type InputOf<Name extends ActivityName> = Parts<Name>['input'];
export type ResultOf<Name extends ActivityName> = Parts<Name>['result'];

/** The activities of a place as functions, as workers register them and workflows call them. */
export type ActivitiesOn<On extends Place> = {
  [Name in ActivityName as Parts<Name>['on'] extends On ? Name : never]: (
    input: InputOf<Name>,
  ) => Promise<ResultOf<Name>>;
};

export function activityNamesOn<On extends Place>(
  place: On,
): readonly (keyof ActivitiesOn<On> & ActivityName)[] {
  const names = Object.keys(ACTIVITIES) as ActivityName[];
  return names.filter((name) => ACTIVITIES[name].on === place) as never;
}
