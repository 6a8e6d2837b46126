import { fileURLToPath } from 'node:url';
import { isJsonObject } from '@wirebook/errors';
import { expect, test } from 'vitest';
import { describeOnBrokers } from '../harness/describe-on-brokers.ts';
import { startEngine } from '../harness/engine-process.ts';
import { eventsOf, findFinishedRun } from '../harness/engine-records.ts';
import { acceptChangesFlow } from '../harness/flow-chain.ts';
import { waitForEnd } from '../harness/invocations.ts';
import { createRestEditor } from '../harness/rest-editor.ts';
import { createRestProxy } from '../harness/rest-proxy.ts';
import { waitFor } from '../harness/wait-for.ts';

const flowFile = fileURLToPath(new URL('../../../nodes/soar/src/ack/examples/long-running.flow.json', import.meta.url));

describeOnBrokers('a long-running flow', (setting) => {
  test('that completed early and is killed in its second half goes on, answers once, and posts its outcome once', async () => {
    const { simulator } = setting.platform;
    const editor = createRestEditor(simulator);
    const proxy = await createRestProxy({ simulator });
    try {
      const incident = await editor.findIncidentId();
      const readNotes = () => editor.readList(`/incidents/${incident}/comments`);
      const before = (await readNotes()).length;
      const flows = [flowFile, acceptChangesFlow];
      const throughProxy = { resilient: { port: proxy.port, cafile: proxy.caFile } };
      const first = await startEngine({ platform: setting.platform, flows, config: throughProxy });
      proxy.hold('GET', /\/comments$/);
      const id = await simulator.invocations.fire({ rule: 'Create Ticket', incident, properties: { ticket_priority: 'Low' } });
      await proxy.nextHeld();
      const answered = await waitForEnd(simulator, id);
      expect(answered).toMatchObject({ status: 'Complete', completingReplies: 1 });
      await first.kill9();
      proxy.letGo();
      const second = await startEngine({ platform: setting.platform, flows, dataDir: first.dataDir });
      const posted = await waitFor('the outcome', async () => {
        const notes = await readNotes();
        return notes.length > before ? notes : undefined;
      });
      const run = await waitFor('the run in the trace', () => findFinishedRun(second.dataDir, id));
      await second.stop();
      expect(run.outcome).toBe('succeeded');
      expect(eventsOf(run, 'attempt.started').at(-1)).toMatchObject({ attempt: 2, reason: 'taken-over' });
      expect(posted.filter((note) => isJsonObject(note) && JSON.stringify(note).includes('Looked through'))).toHaveLength(1);
      expect(simulator.invocations.find(id)).toMatchObject({ completingReplies: 1 });
    } finally {
      await proxy.close();
      await editor.close();
    }
  });
});
