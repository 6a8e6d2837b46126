export interface StartCommandOptions {
  readonly dataDir: string;
  /** app.config of a platform; undefined starts the simulated one. */
  readonly config: string | undefined;
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** A change of app.config that reads well drains the engine and starts it anew. */
  readonly reloads: boolean;
  /** The ready line is JSON. */
  readonly json: boolean;
}
