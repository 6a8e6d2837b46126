/** One row of the error catalogue. */
export interface ErrorEntry {
  /** Who has to act: the flow's author, the world outside (broker, network, platform), or Wirebook itself. */
  readonly blame: 'author' | 'world' | 'us';
  /** Whether the same call may succeed later without a change by a person. */
  readonly retryable: boolean;
  /** What to do next, one sentence. */
  readonly hint: string;
}

/** The class of an error as a person is told it, after the code. */
export function describeBlame(blame: ErrorEntry['blame']): string {
  return blameWords[blame];
}

const blameWords = {
  author: 'the flow has to be changed',
  world: 'an outside system failed',
  us: 'a fault of Wirebook',
} as const satisfies Record<ErrorEntry['blame'], string>;

export type ErrorCatalogue = Readonly<Record<string, ErrorEntry>>;
