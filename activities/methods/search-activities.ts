import type { ArtifactStore } from '../../domain/artifact-store.js';
import { checkInput } from '../check-input.js';
import { closeRung } from './close-rung.js';
import { concludeSearch } from './conclude-search.js';
import { planSearch } from './plan-search.js';
import type { SearchActivities } from './search-contract.js';
import { trainingOfTrial } from './training-of-trial.js';

/** What orchestrators do for a policy search. */
export function searchActivities(store: ArtifactStore): SearchActivities {
  return {
    planSearch: async (input) => planSearch(checkInput('planSearch', input), store),
    trainingOfTrial: async (input) => trainingOfTrial(checkInput('trainingOfTrial', input), store),
    closeRung: async (input) => closeRung(checkInput('closeRung', input), store),
    concludeSearch: async (input) => concludeSearch(checkInput('concludeSearch', input), store),
  };
}
