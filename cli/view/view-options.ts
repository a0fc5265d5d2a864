export interface ViewOptions {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly columns: number;
  /** The command for messages: `apprentice` or `node dist/cli/main.js`. */
  readonly command: string;
  /** The command for requests to the server, if it differs: with APPRENTICE_HOME. */
  readonly serverCommand?: string;
  /** Temporal's UI. */
  readonly uiUrl?: string;
  readonly storeUrl: string;
  /** A picture for the example command. */
  readonly picture?: string;
  /** The current folder; paths within it are shortened. */
  readonly folder?: string;
  /** The method's output is written to a file. */
  readonly writesOutput?: boolean;
}
