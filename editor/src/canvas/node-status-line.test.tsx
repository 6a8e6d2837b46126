// @vitest-environment happy-dom

import { cleanup, render } from '@testing-library/react';
import type { NodeActivity } from '@wirebook/api';
import { afterEach, expect, test } from 'vitest';
import { type Services, ServicesProvider } from '../app/services.tsx';
import type { FlowSession } from '../state/flow-session.ts';
import { FlowSessionProvider } from './flow-session-context.tsx';
import { NodeStatusLine } from './node-status-line.tsx';

afterEach(cleanup);

const ran: NodeActivity = { nodeId: 'ask', state: 'ok', atMs: 0, okCount: 3, failedCount: 0, lastError: null };
const circuit = { host: 'api.example.com', untilMs: 43_230_000 };

function draw(activity: NodeActivity, nowMs: number): { readonly text: string | null; readonly state: string | null } {
  const services = { now: () => nowMs, session: { product: { timeZone: 'UTC' } } } as unknown as Services;
  const session = { activity: { get: () => activity, subscribe: () => () => undefined } } as unknown as FlowSession;
  const { container } = render(
    <ServicesProvider services={services}>
      <FlowSessionProvider session={session}>
        <NodeStatusLine nodeId="ask" />
      </FlowSessionProvider>
    </ServicesProvider>,
  );
  const line = container.querySelector('[data-state]');
  return { text: line?.textContent ?? null, state: line?.getAttribute('data-state') ?? null };
}

test('[C28] a node whose host gets no calls shows until when, and then its state again', () => {
  const open = draw({ ...ran, circuit }, 43_229_999);
  expect(open).toEqual({ text: '3 donecircuit to api.example.com open until 12:00:30', state: 'failed' });
  cleanup();
  expect(draw({ ...ran, circuit }, 43_230_000)).toMatchObject({ state: 'ok', text: expect.stringMatching(/^3 donedone /) });
  cleanup();
  expect(draw(ran, 1000).text).not.toContain('circuit');
});
