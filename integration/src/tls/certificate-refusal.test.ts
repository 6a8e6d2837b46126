import type { CertificateKind } from '@wirebook/simulator';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type EngineProcess, spawnEngine, startEngine } from '../harness/engine-process.ts';
import { chainFlow, functionSource, sampleFlow } from '../harness/flow-chain.ts';
import { fireAndWait } from '../harness/invocations.ts';
import { type Platform, startPlatform } from '../harness/platform.ts';
import { waitFor } from '../harness/wait-for.ts';

const flows = [sampleFlow('lookup-model')];
const readingFlow = chainFlow({
  id: 'reading',
  nodes: [
    functionSource('triage_report'),
    { id: 'read', type: 'soar.rest', config: { path: '/incidents' } },
    { id: 'result', type: 'soar.result' },
  ],
});

const refusals: readonly { readonly certificate: CertificateKind; readonly code: string }[] = [
  { certificate: 'untrusted', code: 'SOAR_TLS_UNTRUSTED' },
  { certificate: 'wrong-host', code: 'SOAR_TLS_NAME_MISMATCH' },
  { certificate: 'expired', code: 'SOAR_TLS_EXPIRED' },
];

let platform: Platform;

beforeAll(async () => {
  platform = await startPlatform({ broker: 'embedded' });
});
afterEach(async () => {
  await Promise.all(platform.engines.map((engine) => engine.kill9()));
  await platform.simulator.faults.clear();
});
afterAll(async () => {
  await platform?.close();
});

/** What the two servers have seen since. */
function watchServers() {
  const { simulator } = platform;
  const requestCount = simulator.requests().length;
  const connectionCount = listConnections().length;
  return {
    requests: () => simulator.requests().slice(requestCount),
    connections: () => listConnections().slice(connectionCount),
  };
}

function listConnections() {
  const { broker } = platform.simulator;
  if (broker === null) throw new Error('only the embedded broker tells what it saw');
  return broker.connections();
}

function logOf(engine: EngineProcess): string {
  return engine.stderrLines.join('\n');
}

describe('the REST API', () => {
  test.each(refusals)(
    'with a certificate that is $certificate gets no request, and the engine ends with 23',
    async ({ certificate, code }) => {
      await platform.simulator.faults.useRestCertificate(certificate);
      const seen = watchServers();
      const engine = spawnEngine({ platform, flows });
      expect(await engine.ended).toEqual({ exitCode: 23, signal: null });
      expect(logOf(engine)).toContain(code);
      expect(seen.requests()).toEqual([]);
      expect(seen.connections()).toEqual([]);
      expect(engine.outputLines).toEqual([]);
    },
  );

  test('whose authority is not the one of cafile gets no request', async () => {
    const seen = watchServers();
    const engine = spawnEngine({ platform, flows, config: { resilient: { cafile: null, stomp_cafile: platform.simulator.caFile } } });
    expect(await engine.ended).toEqual({ exitCode: 23, signal: null });
    expect(logOf(engine)).toContain('SOAR_TLS_UNTRUSTED');
    expect(seen.requests()).toEqual([]);
  });

  test.each(refusals)(
    'whose certificate becomes $certificate while the engine runs gets no request, and the action an error',
    async ({ certificate, code }) => {
      const engine = await startEngine({ platform, flows: [...flows, readingFlow], config: { resilient: { request_max_retries: 1 } } });
      await platform.simulator.faults.useRestCertificate(certificate);
      const seen = watchServers();
      const invocation = await fireAndWait(platform.simulator, { function: 'triage_report', inputs: { report_title: 'T' } });
      expect(invocation).toMatchObject({ status: 'Error', information: expect.stringContaining(code), completingReplies: 1 });
      expect(seen.requests()).toEqual([]);
      expect(await engine.stop()).toEqual({ exitCode: 0, signal: null });
    },
  );
});

describe('the broker', () => {
  test.each(refusals)(
    'with a certificate that is $certificate gets no byte, and the engine ends with 23',
    async ({ certificate, code }) => {
      await platform.simulator.faults.useStompCertificate(certificate);
      const seen = watchServers();
      const engine = spawnEngine({ platform, flows });
      expect(await engine.ended).toEqual({ exitCode: 23, signal: null });
      expect(logOf(engine)).toContain(code);
      expect(seen.connections().length).toBeGreaterThan(0);
      for (const connection of seen.connections())
        expect(connection).toMatchObject({ certificate, applicationBytes: 0, credentialBytesSeen: false, principal: undefined });
      expect(engine.outputLines).toEqual([]);
    },
  );

  test.each(refusals)(
    'whose certificate becomes $certificate while the engine runs gets no byte until it is right again',
    async ({ certificate, code }) => {
      const engine = await startEngine({ platform, flows });
      const seen = watchServers();
      await platform.simulator.faults.useStompCertificate(certificate);
      await waitFor('the refusal', () => logOf(engine).includes(code));
      for (const connection of seen.connections()) expect(connection).toMatchObject({ applicationBytes: 0, credentialBytesSeen: false });
      await platform.simulator.faults.useStompCertificate('valid');
      const invocation = await fireAndWait(platform.simulator, { function: 'lookup_model_by_id', inputs: { model_id: 'later' } });
      expect(invocation.status).toBe('Complete');
      expect(await engine.stop()).toEqual({ exitCode: 0, signal: null });
    },
  );
});

describe('with cafile=false', () => {
  test('credentials do reach the wrong host, over REST and STOMP, and the log says that nothing is verified', async () => {
    await platform.simulator.faults.useRestCertificate('wrong-host');
    await platform.simulator.faults.useStompCertificate('wrong-host');
    const seen = watchServers();
    const engine = await startEngine({ platform, flows, config: { resilient: { cafile: 'false', stomp_cafile: null } } });
    expect(seen.requests().some(({ credentialsSeen }) => credentialsSeen)).toBe(true);
    expect(seen.connections()).toEqual([expect.objectContaining({ certificate: 'wrong-host', credentialBytesSeen: true })]);
    const warnings = engine.stderrLines.filter((line) => /not (checked|verified)/.test(line));
    expect(warnings.length).toBe(2);
    expect(await engine.stop()).toEqual({ exitCode: 0, signal: null });
  });

  test('for the broker only, the REST API is still verified', async () => {
    await platform.simulator.faults.useRestCertificate('wrong-host');
    const seen = watchServers();
    const engine = spawnEngine({ platform, flows, config: { resilient: { stomp_cafile: 'false' } } });
    expect(await engine.ended).toEqual({ exitCode: 23, signal: null });
    expect(seen.requests()).toEqual([]);
  });
});
