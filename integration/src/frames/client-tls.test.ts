import type { FrameWireSource } from '@wirebook/simulator';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedFrameBroker, openEmbeddedFrameBroker } from './embedded-frame-broker.ts';
import { createPythonWires } from './python-wire.ts';
import { createSocketWires } from './socket-wire.ts';
import { createStompJsWires } from './stompjs-wire.ts';

describe('the clients of the frame table verify the broker before they log in', () => {
  const opened: { close(): Promise<void> }[] = [];
  let embedded: EmbeddedFrameBroker;

  beforeAll(async () => {
    embedded = await openEmbeddedFrameBroker();
  });
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
  });
  afterAll(async () => {
    await embedded?.close();
  });

  const clients: Readonly<Record<string, () => FrameWireSource>> = {
    'raw socket': () => createSocketWires({ host: embedded.host, port: embedded.port, ca: embedded.caPem }),
    stompjs: () => createStompJsWires({ host: embedded.host, port: embedded.port, ca: embedded.caPem }),
    'python3-stomp': () => {
      const python = createPythonWires(embedded);
      opened.push(python);
      return python;
    },
  };

  for (const [name, createSource] of Object.entries(clients)) {
    for (const kind of ['untrusted', 'wrong-host', 'expired'] as const) {
      test(`${name} sends no credentials to a broker whose certificate is ${kind}`, async () => {
        await embedded.broker.useCertificate(kind);
        const before = embedded.broker.connections().length;
        await expect(createSource().connect({ ...embedded.member, headers: {} })).rejects.toThrow();
        const records = embedded.broker.connections().slice(before);
        expect(records).not.toEqual([]);
        expect(records.filter(({ credentialBytesSeen }) => credentialBytesSeen)).toEqual([]);
      });
    }
  }
});
