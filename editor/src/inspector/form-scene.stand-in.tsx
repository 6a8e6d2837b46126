import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { PlatformView, ValuePreview } from '@wirebook/api';
import type { FlowNode } from '@wirebook/flow';
import type { NodeDescriptor } from '@wirebook/node-kit';
import { type ReactNode, useMemo } from 'react';
import { type Services, ServicesProvider } from '../app/services.tsx';
import { FlowStoreProvider, useFlowState, useFlowStore } from '../canvas/flow-context.tsx';
import { openTestFlow, testFlow } from '../canvas/open-flow.stand-in.ts';
import { createBottomPanelStore } from '../state/bottom-panel-store.ts';
import type { FlowStore } from '../state/flow-store.ts';
import { createLiveStore } from '../state/live-store.ts';
import { createNodeTypeIndex, type NodeTypeIndex } from '../state/node-type-index.ts';
import { testNodeTypes } from '../state/node-types.stand-in.ts';
import { createRunOverlayStore } from '../state/run-overlay-store.ts';
import type { ApiClient } from '../transport/api-client.ts';
import { toExtraErrors } from './extra-errors.ts';
import { FlowInspector } from './flow-inspector.tsx';
import { ConfigForm } from './form/config-form.tsx';
import { NodeFormProvider } from './node-form-context.tsx';
import { RetrySection } from './retry-section.tsx';

/** Mantine asks for these; happy-dom has none of them. */
function stubBrowser(): void {
  const listening = { addEventListener: () => undefined, removeEventListener: () => undefined };
  Object.defineProperty(globalThis, 'matchMedia', { configurable: true, value: () => ({ matches: false, ...listening }) });
  Object.defineProperty(document, 'fonts', { configurable: true, value: listening });
}

const testPlatform: PlatformView = {
  connection: 'resilient',
  orgId: 201,
  fetchedAtMs: 0,
  functions: [],
  destinations: [{ name: 'desk', label: 'Ticket desk', expectsAck: true }],
  rules: [],
  tables: [
    {
      name: 'log',
      label: 'Log',
      columns: [
        {
          id: 1,
          name: 'priority',
          label: 'Priority',
          prefix: null,
          inputType: 'select',
          required: null,
          values: [
            { value: 50, label: 'Low', isEnabled: true },
            { value: 51, label: 'High', isEnabled: true },
          ],
        },
        { id: 2, name: 'is_open', label: 'Open', prefix: null, inputType: 'boolean', required: null, values: [] },
      ],
    },
  ],
  fields: {},
  secretNames: ['vt_key'],
  folderNames: ['reports'],
};

interface FormScene {
  readonly descriptor: NodeDescriptor;
  readonly config: FlowNode['config'];
  readonly preview?: ValuePreview;
  /** Draws what is below the form, too. */
  readonly isWhole?: boolean;
}

/** Draws the form of one node in a flow of its own, with a server that knows a small platform. */
export function openForm({ descriptor, config, preview = { kind: 'no-message' }, isWhole = false }: FormScene) {
  const document = testFlow({
    nodes: [{ id: 'n', type: descriptor.type, typeVersion: 1, name: 'N', config: structuredClone(config) }],
    wires: [],
  });
  const store = openTestFlow(document);
  const changes: FlowNode['config'][] = [];
  store.subscribe((state, before) => {
    const now = state.document.nodes[0]?.config;
    if (now !== undefined && now !== before.document.nodes[0]?.config) changes.push(now);
  });
  const scene = draw(
    store,
    createNodeTypeIndex([{ descriptor, help: '', examples: [] }]),
    preview,
    <>
      <Form descriptor={descriptor} />
      {isWhole ? <Below /> : null}
    </>,
  );
  return { store, changes, ...scene, config: () => store.getState().document.nodes[0]?.config };
}

/** Draws what the inspector shows of a flow with a source while nothing is selected. */
export function openFlowSettings() {
  const store = openTestFlow();
  return { store, ...draw(store, testNodeTypes, { kind: 'no-message' }, <FlowInspector />) };
}

function draw(store: FlowStore, nodeTypes: NodeTypeIndex, preview: ValuePreview, content: ReactNode) {
  stubBrowser();
  const asked: string[] = [];
  const answers: Readonly<Record<string, unknown>> = {
    getPlatform: testPlatform,
    getRecordedMessage: { recorded: null },
    previewValue: preview,
  };
  const services: Services = {
    api: {
      call: async (name: string) => {
        asked.push(name);
        return answers[name];
      },
    } as ApiClient,
    live: {
      state: () => 'connected',
      onState: () => () => undefined,
      on: () => () => undefined,
      send: async () => ({ ok: true }),
      watch: () => () => undefined,
      close: () => undefined,
    },
    liveRuns: createLiveStore(),
    runOverlay: createRunOverlayStore(),
    bottomPanel: createBottomPanelStore(),
    nodeTypes,
    session: { user: null, csrfToken: '', product: { version: '0', hasSimulator: false, timeZone: 'UTC' } },
    clientId: 'client-1',
    now: () => 0,
    newId: () => 'id',
  };
  const { container } = render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: 0 } } })}>
        <ServicesProvider services={services}>
          <FlowStoreProvider store={store}>{content}</FlowStoreProvider>
        </ServicesProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { asked, container };
}

function Form({ descriptor }: { readonly descriptor: NodeDescriptor }) {
  const store = useFlowStore();
  const node = useFlowState((state) => state.document.nodes[0]);
  const problems = useFlowState((state) => state.problems);
  const form = useMemo(() => ({ flowId: 'f', nodeId: 'n', descriptor, isReadOnly: false }), [descriptor]);
  const errors = useMemo(() => (node === undefined ? {} : toExtraErrors(problems, node)), [problems, node]);
  if (node === undefined) return null;
  return (
    <NodeFormProvider value={form}>
      <ConfigForm
        schema={descriptor.config}
        config={node.config}
        errors={errors}
        isReadOnly={false}
        onConfig={(config) => store.change({ kind: 'node-configured', nodeId: 'n', config }, { label: 'Configure' })}
      />
    </NodeFormProvider>
  );
}

function Below() {
  const node = useFlowState((state) => state.document.nodes[0]);
  return node === undefined ? null : <RetrySection node={node} isReadOnly={false} />;
}
