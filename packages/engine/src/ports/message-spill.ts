/**
 * Bodies of messages that wait for their run, kept out of memory. To lose them with the process does no harm: the broker, or the
 * ledger, still has the messages. Calls are synchronous so that a run begins in the moment it gets its place.
 */
export interface MessageSpill {
  /** @throws STORE_FAILED; nothing is kept then. */
  write(entryId: number, body: Uint8Array): void;
  /**
   * Gives the exact bytes.
   *
   * @throws STORE_FAILED
   */
  read(entryId: number): Uint8Array;
  /** Never fails: what cannot be removed is gone with the next start. */
  remove(entryId: number): void;
}
