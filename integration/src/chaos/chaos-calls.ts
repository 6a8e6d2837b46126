import type { FlowDocumentInput } from '@wirebook/flow';
import { demoOrgId, type OrganisationContent, type Simulator } from '@wirebook/simulator';
import { type ChainNode, chainFlow } from '../harness/flow-chain.ts';

/**
 * `note` writes a note before its result, `update` changes an incident (which may be repeated), `ordered` writes a note and keeps the order
 * of its key, `detached` completes first and writes its note then.
 */
const callKinds = ['note', 'update', 'ordered', 'detached'] as const;
type CallKind = (typeof callKinds)[number];

/** One call with what it leaves on the platform. */
export interface ChaosCall {
  readonly id: number;
  readonly kind: CallKind;
  /** Stands in the note, or in the field, that this call alone writes. */
  readonly mark: string;
  /** Of the order that `ordered` calls keep. */
  readonly lane: number;
}

export const chaosQueue = `actions.${demoOrgId}.fn_chaos`;
const laneCount = 7;
const functionNames: Readonly<Record<CallKind, string>> = {
  note: 'chaos_note',
  update: 'chaos_update',
  ordered: 'chaos_ordered',
  detached: 'chaos_detached',
};

/** The functions that chaos calls, on a destination of their own. Once a platform. */
export async function addChaosContent(simulator: Simulator): Promise<void> {
  const content: OrganisationContent = {
    functionFields: [
      { name: 'chaos_mark', text: 'Mark', inputType: 'text', required: 'always' },
      { name: 'chaos_lane', text: 'Lane', inputType: 'number' },
      { name: 'chaos_incident', text: 'Incident', inputType: 'number' },
    ],
    destinations: [{ name: 'Chaos', programmaticName: 'fn_chaos', expectAck: true }],
    functions: callKinds.map((kind) => ({
      name: functionNames[kind],
      displayName: `Chaos ${kind}`,
      description: 'Is called while things go wrong.',
      destination: 'fn_chaos',
      inputs: ['chaos_mark', 'chaos_lane', 'chaos_incident'],
    })),
  };
  await simulator.addContent(simulator.orgId, content);
}

export interface FiringOptions {
  readonly seed: number;
  readonly count: number;
  /** Those that are updated, in turn. */
  readonly incidentIds: readonly number[];
}

/** Puts calls of every kind on the queue, in the order of their lanes; resolves when the broker has them. */
export function fireChaosCalls(simulator: Simulator, { seed, count, incidentIds }: FiringOptions): Promise<readonly ChaosCall[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index): Promise<ChaosCall> => {
      const kind = callKinds[index % callKinds.length] ?? 'note';
      const mark = `chaos ${seed} call ${index}.`;
      const lane = Math.floor(index / callKinds.length) % laneCount;
      const inputs = { chaos_mark: mark, chaos_lane: lane, chaos_incident: incidentIds[index % incidentIds.length] };
      const id = await simulator.invocations.fire({ function: functionNames[kind], inputs });
      return { id, kind, mark, lane };
    }),
  );
}

const status: ChainNode = { id: 'status', type: 'soar.status', config: { text: { $template: 'Working on {{ $inputs.chaos_mark }}' } } };
const result: ChainNode = {
  id: 'result',
  type: 'soar.result',
  config: { results: { $expr: '{ "mark": $inputs.chaos_mark }' }, envelope: 'none' },
};

function note(incidentId: number): ChainNode {
  return { id: 'write', type: 'soar.note-add', config: { incidentId, text: { $expr: '$inputs.chaos_mark' } } };
}

function source(kind: CallKind): ChainNode {
  return { id: 'source', type: 'soar.function', config: { function: functionNames[kind] } };
}

/** A refused write is tried again; one that is in doubt is not. */
const retry = { times: 3, delayMs: 50, on: 'retryable' } as const;

export function chaosFlows(incidentId: number): readonly FlowDocumentInput[] {
  const update: ChainNode = {
    id: 'write',
    type: 'soar.incident-update',
    config: {
      incidentId: { $expr: '$inputs.chaos_incident' },
      fields: [{ field: 'description', value: { $expr: '$inputs.chaos_mark' } }],
    },
  };
  const flows = [
    chainFlow({ id: 'chaos-note', nodes: [source('note'), status, note(incidentId), result] }),
    chainFlow({ id: 'chaos-update', nodes: [source('update'), status, update, result] }),
    chainFlow({
      id: 'chaos-ordered',
      nodes: [source('ordered'), note(incidentId), result],
      settings: { orderBy: '$inputs.chaos_lane' },
    }),
    chainFlow({ id: 'chaos-detached', nodes: [source('detached'), result, note(incidentId)] }),
  ];
  return flows.map((flow) => ({ ...flow, nodes: flow.nodes.map((node) => (node.id === 'write' ? { ...node, retry } : node)) }));
}
