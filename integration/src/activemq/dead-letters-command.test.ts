import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLedger } from '@wirebook/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appConfigText, type ConfigChanges } from '../harness/app-config-text.ts';
import { runWirebook } from '../harness/wirebook-process.ts';
import { type ActiveMq, createActiveMq } from './activemq.ts';
import { everyQueue } from './broker-config.ts';
import { mayLeaveOutActiveMq } from './find-activemq.ts';
import { headerOf, openStompWire } from './stomp-wire.ts';

describe.skipIf(mayLeaveOutActiveMq(process.env))('wirebook dead-letters on ActiveMQ', () => {
  let broker: ActiveMq;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wirebook-dead-letters-'));
    broker = await createActiveMq({
      users: [
        { name: 'operator', password: 'p', rights: everyQueue },
        { name: 'nobody', password: 'p', rights: [] },
      ],
    });
    const wire = await openStompWire({ host: broker.host, port: broker.plainPort, user: 'operator', password: 'p' });
    wire.write('SUBSCRIBE', { id: 't', destination: '/queue/actions.201.fn', ack: 'client-individual' });
    for (const body of ['answered', 'open\u001b[2J']) {
      wire.write('SEND', { destination: '/queue/actions.201.fn', persistent: 'true', Co3ContextToken: 'hush' }, body);
      wire.write('NACK', { id: headerOf(await wire.next('MESSAGE'), 'ack'), receipt: 'refused' });
      await wire.next('RECEIPT');
    }
    wire.close();
  });
  afterAll(async () => {
    await broker?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function command(args: readonly string[], changes: ConfigChanges = {}) {
    const config = join(folder, 'app.config');
    const basis = {
      resilient: {
        host: broker.host,
        stomp_port: broker.tlsPort,
        cafile: broker.caFile,
        api_key_id: 'operator',
        api_key_secret: 'p',
        dead_letter_queue: 'DLQ.actions.201.fn',
      },
    };
    writeFileSync(config, appConfigText(basis, changes));
    return runWirebook(['dead-letters', ...args, '--config', config, '--data', folder], { homeDir: folder });
  }

  test('[server S9] [server N4] letters are listed with masked tokens; one that was answered is not returned, another is', async () => {
    const before = JSON.parse((await command(['list', '--json'])).output);
    const [answered, open] = before.letters;
    expect(answered).toMatchObject({ originalDestination: 'actions.201.fn', sizeBytes: 8, giveBack: { isPossible: true } });
    expect(answered.headers).toMatchObject({ Co3ContextToken: '***' });
    const ledger = openLedger({ path: join(folder, 'ledger.db'), clock: { now: () => 0 } });
    const key = { brokerHost: `${broker.host}:${broker.tlsPort}`, destination: 'actions.201.fn', messageId: answered.messageId };
    const [entry] = ledger.receive([{ key, runId: 'r', receivedAtMs: 1 }]);
    const entryId = entry?.id ?? 0;
    const reply = { destination: '/queue/acks', headers: {}, body: '{}' };
    ledger.write([
      { type: 'reply-saved', entryId, reply, runDone: true },
      { type: 'reply-confirmed', entryId },
    ]);
    ledger.close();
    const refused = await command(['return', answered.messageId]);
    expect([refused.exitCode, refused.errors]).toEqual([1, expect.stringContaining('completing reply was confirmed')]);
    expect(await command(['return', open.messageId])).toMatchObject({ exitCode: 0, output: 'Returned it to actions.201.fn.' });
    const after = await command(['list']);
    expect(after.output).toMatch(/^ID:[^\n]*\tactions\.201\.fn\t8 bytes\tThe platform has its answer[^\n]*$/);
    expect(after.output).not.toContain('\u001b');
    expect((await command(['return', open.messageId])).errors).toContain('ENGINE_DEAD_LETTER_UNKNOWN');
  });

  test('[server N5] without the option it says how to set it, and without the right which right is missing', async () => {
    const unset = await command(['list'], { resilient: { dead_letter_queue: null } });
    expect([unset.exitCode, unset.errors]).toEqual([1, expect.stringContaining('dead_letter_queue = ActiveMQ.DLQ')]);
    const forbidden = await command(['list'], { resilient: { api_key_id: 'nobody' } });
    expect([forbidden.exitCode, forbidden.errors]).toEqual([1, expect.stringContaining('needs the right to read')]);
  });
});
