import { isJsonObject, type JsonValue, toWirebookError } from '@wirebook/errors';
import type { BrokerConnection, BrokerDelivery, BrokerSubscription, PlatformCatalogue } from '@wirebook/node-kit';
import { parseDestination, parseMessageBody, readMessageHeaders } from '@wirebook/soar';
import type { EngineLog } from './engine-log.ts';

export interface ConnectorQueuesOptions {
  readonly broker: BrokerConnection;
  readonly catalogue: Pick<PlatformCatalogue, 'listConnectorQueues'>;
  readonly log: EngineLog;
  /** Full names that app.config gives beside those of the platform. */
  readonly configured: readonly string[];
  /** Full name of the queue on which the platform tells of queues that come and go; null: it tells nothing. */
  readonly updatesQueue: string | null;
  /** The list is another one. */
  readonly onChange: () => Promise<void>;
  readonly onFatal: (error: unknown) => void;
}

/** The queues of connectors: the platform names them at the start and may tell of others at any time. */
export interface ConnectorQueues {
  /** Reads them from the platform once, and begins to listen for changes. */
  open(): Promise<void>;
  list(): readonly string[];
  /** Whether it is a message about queues, which may come on any of them. */
  isUpdate(delivery: BrokerDelivery): boolean;
  takeUpdate(delivery: BrokerDelivery): void;
  close(): Promise<void>;
}

export function createConnectorQueues(options: ConnectorQueuesOptions): ConnectorQueues {
  const { broker, log } = options;
  const known = new Set<string>(options.configured);
  let opening: Promise<void> | null = null;
  let updates: BrokerSubscription | null = null;
  /** One change after the other, each settled when it is done: what is lost on the way comes again. */
  let line: Promise<void> = Promise.resolve();

  async function open(): Promise<void> {
    for (const queue of await options.catalogue.listConnectorQueues()) known.add(queue);
    if (options.updatesQueue === null) return;
    updates = await broker.subscribe({
      destination: options.updatesQueue,
      prefetch: 1,
      subscriptionCount: 1,
      exclusive: false,
      onDelivery: takeUpdate,
    });
  }

  function takeUpdate(delivery: BrokerDelivery): void {
    line = line.then(() => change(delivery)).catch(options.onFatal);
  }

  async function change(delivery: BrokerDelivery): Promise<void> {
    try {
      const body = parseMessageBody(delivery.body);
      for (const queue of readQueues(body.subscribe)) known.add(queue);
      for (const queue of readQueues(body.unsubscribe)) known.delete(queue);
      log.info('the platform names other connector queues', { queues: [...known].join(', ') });
      await options.onChange();
    } catch (thrown) {
      // A queue that is refused now may be allowed by the next message: nothing else stops for it.
      const { code, message } = toWirebookError(thrown, 'ENGINE_MESSAGE_UNREADABLE');
      log.error(`a change of the connector queues could not be followed: ${message}`, { code });
    }
    if (broker.canSettle(delivery)) await broker.settle([delivery]);
  }

  return {
    open: () => {
      opening ??= open().catch((thrown: unknown) => {
        opening = null;
        throw thrown;
      });
      return opening;
    },
    list: () => [...known],
    isUpdate: ({ headers }) => readMessageHeaders(headers).payloadKind === 'ConnectorSubscriptionUpdateDTO',
    takeUpdate,
    close: async () => {
      await updates?.close();
      await line;
    },
  };
}

/** What is no queue of a connector is left out: the engine must not be made to listen to something else. */
function readQueues(value: JsonValue | undefined): readonly string[] {
  if (!Array.isArray(value)) return [];
  const names = value.map((item) => (isJsonObject(item) ? item.name : item)).filter((name) => typeof name === 'string');
  return names.filter((name) => parseDestination(name)?.kind === 'connectors');
}
