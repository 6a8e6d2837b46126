export interface StartCommandOptions {
  readonly dataDir: string;
  /** app.config of a platform; undefined starts the simulated one. */
  readonly config: string | undefined;
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** The ready line is JSON. */
  readonly json: boolean;
}
