/** One row of the error catalogue. */
export interface ErrorEntry {
  /** Who has to act: the flow's author, the world outside (broker, network, platform), or Wirebook itself. */
  readonly blame: 'author' | 'world' | 'us';
  /** Whether the same call may succeed later without a change by a person. */
  readonly retryable: boolean;
  /** What to do next, one sentence. */
  readonly hint: string;
}

export type ErrorCatalogue = Readonly<Record<string, ErrorEntry>>;
