import { WirebookError } from '@wirebook/errors';
import type { Clock, Timer } from '@wirebook/node-kit';
import type { KeystoreEntry } from '@wirebook/package-kit';
import type { WritableKeystore } from './writable-keystore.ts';

/** A keystore that is locked asks its owner, on a screen that nobody may look at. */
const askLimitMs = 30_000;

type Binding = typeof import('@napi-rs/keyring');

export interface OsKeystoreOptions {
  readonly clock: Clock;
  /** Loads the binding of this system; it may reject. */
  readonly load?: () => Promise<Binding>;
}

/**
 * The keystore of the system: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows. Entries that Python's keyring
 * wrote are found.
 *
 * @throws CONFIG_KEYSTORE_UNAVAILABLE from every call, where there is none, or it stays locked; CONFIG_KEYSTORE_AMBIGUOUS when other
 *   programs left several entries of one name.
 */
export function createOsKeystore({ clock, load = () => import('@napi-rs/keyring') }: OsKeystoreOptions): WritableKeystore {
  /** Without this, Linux falls back to keys in the kernel that are gone with the session. */
  const store = { linux: { store: 'secret-service' } } as const;

  async function ask<Answer>(
    entry: KeystoreEntry,
    question: (open: InstanceType<Binding['AsyncEntry']>) => Promise<Answer>,
  ): Promise<Answer> {
    try {
      const { AsyncEntry } = await load();
      return await within(question(new AsyncEntry(entry.service, entry.account, store)), clock);
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      if (reason.startsWith('Entry is matched by')) throw ambiguous(entry, thrown);
      throw new WirebookError('CONFIG_KEYSTORE_UNAVAILABLE', `the keystore of the system cannot be used: ${reason}`, thrown);
    }
  }

  return {
    name: 'the keystore of the system',
    read: (entry) => ask(entry, (open) => open.getPassword()),
    write: (entry, value) => ask(entry, (open) => open.setPassword(value)),
    remove: (entry) => ask(entry, (open) => open.deletePassword()),
  };
}

function ambiguous({ service, account }: KeystoreEntry, cause: unknown): WirebookError {
  const way = `remove them (on Linux: secret-tool clear service '${service}' username '${account}'), and store the value again`;
  return new WirebookError(
    'CONFIG_KEYSTORE_AMBIGUOUS',
    `the keystore of the system holds several entries "${account}" of service "${service}"; ${way}`,
    cause,
  );
}

async function within<Value>(answer: Promise<Value>, clock: Clock): Promise<Value> {
  let timer: Timer | undefined;
  const over = new Promise<never>((_resolve, reject) => {
    const text = `no answer within ${askLimitMs / 1000} s; it may wait to be unlocked`;
    timer = clock.startTimer(askLimitMs, () => reject(new Error(text)));
  });
  try {
    return await Promise.race([answer, over]);
  } finally {
    timer?.cancel();
  }
}
