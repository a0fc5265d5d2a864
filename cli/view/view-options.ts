/** Facts for a view beside the run. */
export interface ViewOptions {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly columns: number;
  /** How the person calls Apprentice, such as `apprentice` or `node dist/cli/main.js`. */
  readonly command: string;
  /** The same for commands that ask the run's server, if they need more, such as APPRENTICE_HOME. */
  readonly serverCommand?: string;
  /** Temporal's pages. */
  readonly uiUrl?: string;
  /** The place of the artifacts: a file: URL or another. */
  readonly storeUrl: string;
  /** A picture to try the model on. */
  readonly picture?: string;
  /** The current folder; paths within it are shortened. */
  readonly folder?: string;
  /** The output is written to a place of the person's. */
  readonly writesOutput?: boolean;
}
