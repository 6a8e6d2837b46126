import type { Client } from '@stomp/stompjs';

/** The platform's side of the benchmark: puts function messages of 6 KB on a queue and reads the replies. */
export interface Workload {
  /** Puts so many messages on the queue and waits until the broker has them on its disk. */
  fill(count: number): Promise<void>;
  /** Puts messages on the queue at a steady rate and waits for the replies; gives the milliseconds of each. */
  runSteady(options: { readonly perSecond: number; readonly seconds: number }): Promise<readonly number[]>;
  /** Waits until so many replies came since the last call. */
  waitForReplies(count: number): Promise<void>;
}

const sizeBytes = 6 * 1024;
const chunk = 200;
const replyQueue = '/queue/acks.201.bench';

export function createWorkload(client: Client, destination: string): Workload {
  const sentAt = new Map<string, number>();
  const latenciesMs: number[] = [];
  let replyCount = 0;
  let wake: () => void = () => undefined;
  let wanted = 0;
  let messageCount = 0;

  client.subscribe(
    replyQueue,
    (message) => {
      message.ack();
      replyCount += 1;
      const id = message.headers['correlation-id'] ?? '';
      const began = sentAt.get(id);
      if (began !== undefined) {
        latenciesMs.push(performance.now() - began);
        sentAt.delete(id);
      }
      if (replyCount >= wanted) wake();
    },
    { ack: 'client-individual', 'activemq.prefetchSize': '1000' },
  );

  function publish(isTimed: boolean, receipt?: string): void {
    messageCount += 1;
    const correlationId = `invid:${messageCount}`;
    if (isTimed) sentAt.set(correlationId, performance.now());
    client.publish({
      destination,
      headers: {
        'reply-to': replyQueue,
        'correlation-id': correlationId,
        persistent: 'true',
        Co3ContextToken: `token-${messageCount}`,
        Co3MessagePayload: 'FunctionDataDTO',
        Co3ContentType: 'application/json',
        ...(receipt === undefined ? {} : { receipt }),
      },
      body: createBody(messageCount),
    });
  }

  function confirmed(receipt: string): Promise<void> {
    return new Promise((resolve) => client.watchForReceipt(receipt, () => resolve()));
  }

  async function waitForReplies(count: number): Promise<void> {
    wanted = count;
    if (replyCount < wanted) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    replyCount -= count;
  }

  return {
    fill: async (count) => {
      for (let sent = 0; sent < count; ) {
        const until = Math.min(count, sent + chunk);
        const receipt = `fill-${messageCount}`;
        const done = confirmed(receipt);
        for (; sent < until; sent += 1) publish(false, sent === until - 1 ? receipt : undefined);
        await done;
      }
    },
    runSteady: async ({ perSecond, seconds }) => {
      latenciesMs.length = 0;
      const total = perSecond * seconds;
      const startedAt = performance.now();
      for (let sent = 0; sent < total; ) {
        const due = Math.min(total, Math.floor(((performance.now() - startedAt) / 1000) * perSecond) + 1);
        for (; sent < due; sent += 1) publish(true);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      await waitForReplies(total);
      return [...latenciesMs].sort((a, b) => a - b);
    },
    waitForReplies,
  };
}

/** A function message as the platform writes it, filled up to 6 KB with an input text. */
function createBody(number: number): string {
  const body = {
    function: {
      id: 3,
      name: 'lookup_model_by_id',
      display_name: 'Lookup Model by ID',
      uuid: '0d5c0a52-6d5c-4d2e-9a45-6bb1d7a3c001',
      version: 1,
      tags: [],
      view_items: [],
    },
    groups: [],
    inputs: { model_id: `M-${number}`, kind: { id: 52, name: 'network' }, payload: '' },
    playbook_instance: null,
    principal: { id: 1, type: 'user', name: 'analyst@example.com', display_name: 'An Analyst' },
    workflow: {
      workflow_id: 1,
      name: 'Lookup Model',
      programmatic_name: 'lookup_model',
      object_type: { id: 4, name: 'artifact' },
      tags: [],
      actions: [],
    },
    workflow_instance: { workflow_instance_id: number },
  };
  const emptySize = JSON.stringify(body).length;
  body.inputs.payload = 'seen in the proxy log of the branch; '.repeat(200).slice(0, sizeBytes - emptySize);
  return JSON.stringify(body);
}
