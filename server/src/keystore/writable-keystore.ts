import type { Keystore, KeystoreEntry } from '@wirebook/package-kit';

export interface WritableKeystore extends Keystore {
  /** As a sentence names it. */
  readonly name: string;
  write(entry: KeystoreEntry, value: string): Promise<void>;
  /** @returns false when there was no such entry. */
  remove(entry: KeystoreEntry): Promise<boolean>;
}
