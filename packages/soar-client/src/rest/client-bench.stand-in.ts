import { makeTestCertificates, type TestCertificates } from './certificates.stand-in.ts';
import { type ClientUnderTest, openClient } from './client.stand-in.ts';
import { type PreparedAnswer, type StandIn, startStandIn } from './platform.stand-in.ts';

/** A platform for each test of a file, and clients that end with it. */
export interface ClientBench {
  /** Before each test. */
  start(): Promise<void>;
  /** Behind each test. */
  close(): Promise<void>;
  readonly platform: StandIn;
  readonly certificates: TestCertificates;
  open(changes?: Partial<Parameters<typeof openClient>[1]>): Promise<ClientUnderTest>;
  /** The answers to the calls of a test, one after the other; the last one stays. */
  answerCalls(...answers: PreparedAnswer[]): void;
}

export function createClientBench(): ClientBench {
  const certificates = makeTestCertificates();
  let platform: StandIn;
  let opened: ClientUnderTest[] = [];

  return {
    start: async () => {
      opened = [];
      platform = await startStandIn(certificates.valid);
    },
    close: async () => {
      for (const { client } of opened) await client.close();
      await platform.close();
    },
    get platform() {
      return platform;
    },
    certificates,
    open: async (changes = {}) => {
      const client = await openClient(platform, { caPem: certificates.caPem, ...changes });
      opened.push(client);
      return client;
    },
    answerCalls: (...answers) => {
      let count = 0;
      platform.answer = ({ path }) => {
        if (path.startsWith('/session') || path === '/orgs/201') return undefined;
        count += 1;
        return answers[Math.min(count, answers.length) - 1];
      };
    },
  };
}
