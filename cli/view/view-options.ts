/** What a view needs to know besides the run. */
export interface ViewOptions {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly columns: number;
  /** How the person calls Apprentice, such as `apprentice` or `node dist/cli/main.js`. */
  readonly command: string;
  /** The same for commands that ask the run's server, where that takes more, such as APPRENTICE_HOME. */
  readonly serverCommand?: string;
  /** Where Temporal's pages are, if known. */
  readonly uiUrl?: string;
  /** Where the artifacts are, if known: a file: URL or another. */
  readonly storeUrl?: string;
  /** A picture to try the model on. */
  readonly picture?: string;
  /** Where the person is; paths within are said from here. */
  readonly folder?: string;
}
