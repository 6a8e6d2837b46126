import { WirebookError } from '@wirebook/errors';
import { type BrokerConnectionOptions, createBrokerConnection } from '@wirebook/soar-client';

interface TryDestinationsOptions {
  readonly broker: BrokerConnectionOptions;
  readonly orgId: number;
  /** Programmatic names. */
  readonly names: readonly string[];
  readonly mustReadAll: boolean;
  readonly signal: AbortSignal;
}

/**
 * Subscribes to one after the other and leaves it at once: what the broker hands out meanwhile goes back to it. Beside a running engine
 * the exclusive subscription of the engine keeps all messages.
 *
 * @returns what was found, in words.
 * @throws SOAR_BROKER_NOT_AUTHORIZED with the destinations that may not be read, SOAR_BROKER_*
 */
export async function tryDestinations({ broker, orgId, names, mustReadAll, signal }: TryDestinationsOptions): Promise<string> {
  if (names.length === 0) return 'There is no destination to listen to.';
  const refused: string[] = [];
  const connection = createBrokerConnection(broker);
  try {
    await connection.connect();
    for (const name of names) {
      signal.throwIfAborted();
      try {
        const subscription = await connection.subscribe({
          destination: `actions.${orgId}.${name}`,
          prefetch: 1,
          subscriptionCount: 1,
          exclusive: true,
          onDelivery: () => undefined,
        });
        await subscription.close();
      } catch (thrown) {
        if (!(thrown instanceof WirebookError) || thrown.code !== 'SOAR_BROKER_NOT_AUTHORIZED') throw thrown;
        refused.push(name);
      }
    }
  } finally {
    await connection.close();
  }
  const readable = names.filter((name) => !refused.includes(name));
  if (refused.length > 0 && (mustReadAll || readable.length === 0)) {
    throw new WirebookError('SOAR_BROKER_NOT_AUTHORIZED', `the account may not read from ${refused.join(', ')}`);
  }
  const words = `The account may read from ${readable.join(', ')}`;
  return refused.length === 0 ? `${words}.` : `${words}; not from ${refused.join(', ')}.`;
}
