import type { FlowState, FlowSummary, VersionSummary } from '@wirebook/api';
import { WirebookError } from '@wirebook/errors';
import { parseFlow } from '@wirebook/flow';
import type { AppStore, StoredVersion, VersionRow } from '@wirebook/store';
import type { RouteHandlers } from '../http/route-handlers.ts';
import type { LivePublisher } from '../live/live-publisher.ts';
import type { Draft, FlowBook } from './flow-book.ts';
import { countProblems, listTriggers } from './flow-facts.ts';
import type { LeaseDesk } from './lease-desk.ts';

export interface FlowHandlersOptions {
  readonly store: AppStore;
  readonly flows: FlowBook;
  readonly leases: LeaseDesk;
  readonly live: LivePublisher;
  /** The newest run of each flow that has one. */
  readonly findLastRuns: (flowIds: readonly string[]) => Promise<ReadonlyMap<string, NonNullable<FlowSummary['lastRun']>>>;
}

type FlowRoute = 'listFlows' | 'createFlow' | 'renameFlow' | 'duplicateFlow' | 'deleteFlow' | 'listVersions' | 'getVersion' | 'saveVersion';

type Facts = Pick<FlowSummary, 'nodeCount' | 'triggers' | 'problems'>;

/** Flows and their versions. */
export function createFlowHandlers(options: FlowHandlersOptions): Pick<RouteHandlers, FlowRoute> {
  const { store, flows, leases, live } = options;
  /** Checking a document takes longer than listing it. */
  const facts = new WeakMap<Draft, Facts>();

  function getFacts(draft: Draft): Facts {
    const known = facts.get(draft);
    if (known !== undefined) return known;
    const { document } = draft;
    const made = { nodeCount: document.nodes.length, triggers: listTriggers(document), problems: countProblems(document) };
    facts.set(draft, made);
    return made;
  }

  function summarise(draft: Draft, lastRun: FlowSummary['lastRun']): FlowSummary {
    const { flowId, document } = draft;
    const present = store.deployments.findPresent(flowId);
    return {
      id: flowId,
      name: document.name,
      description: document.description,
      state: findState(draft),
      deployedVersion: present?.version ?? null,
      latestVersion: store.versions.findLatest(flowId)?.number ?? null,
      changedAtMs: draft.savedAtMs,
      changedBy: draft.savedBy,
      lastRun,
      ...getFacts(draft),
    };
  }

  function findState({ flowId, hash }: Draft): FlowState {
    const latest = store.deployments.findLatest(flowId);
    if (latest === undefined) return 'draft';
    if (latest.endedAtMs !== null) return 'stopped';
    return store.versions.findHash(flowId, latest.version) === hash ? 'deployed' : 'changed';
  }

  function tell(flowId: string, userName: string, action: string): void {
    store.audit.add({ userName, action, subject: flowId });
    live.toEverybody('flow.read', 'flows:changed', { flowIds: [flowId] });
  }

  function toVersionSummary(version: VersionRow): VersionSummary {
    const { number, createdAtMs, createdBy, note, flowId } = version;
    return { number, createdAtMs, createdBy, note, isDeployed: store.deployments.findPresent(flowId)?.version === number };
  }

  function getVersion(flowId: string, number: string): StoredVersion {
    const version = /^\d{1,9}$/.test(number) ? store.versions.find(flows.get(flowId).flowId, Number(number)) : undefined;
    if (version === undefined) throw new WirebookError('SERVER_VERSION_UNKNOWN', `flow "${flowId}" has no version ${number}`);
    return version;
  }

  return {
    listFlows: async () => {
      const drafts = flows.list();
      const lastRuns = await options.findLastRuns(drafts.map(({ flowId }) => flowId));
      return { flows: drafts.map((draft) => summarise(draft, lastRuns.get(draft.flowId) ?? null)) };
    },
    createFlow: ({ body, user }) => {
      const draft = flows.create(body, user.name);
      tell(draft.flowId, user.name, body.document === undefined ? 'create-flow' : 'import-flow');
      return summarise(draft, null);
    },
    renameFlow: ({ params, body, user }) => {
      const draft = flows.get(params.flowId);
      const lease = leases.find(draft.flowId);
      if (lease !== null)
        throw new WirebookError(
          'SERVER_FLOW_HELD',
          `"${draft.document.name}" is being edited by ${lease.userName}, who would lose the thread`,
        );
      const changes = [{ kind: 'flow-described', name: body.name }] as const;
      const saved = flows.save(draft.flowId, draft.revision, changes, user.name) ?? flows.get(draft.flowId);
      live.toFlow(draft.flowId, 'draft:changed', {
        flowId: draft.flowId,
        revision: saved.revision,
        changes,
        clientId: 'server',
        savedBy: saved.savedBy,
        savedAtMs: saved.savedAtMs,
      });
      tell(draft.flowId, user.name, 'rename-flow');
      return summarise(saved, null);
    },
    duplicateFlow: ({ params, body, user }) => {
      const { document } = flows.get(params.flowId);
      const copy = flows.create({ name: body.name, document, keepsId: false }, user.name);
      tell(copy.flowId, user.name, 'duplicate-flow');
      return summarise(copy, null);
    },
    deleteFlow: ({ params, user }) => {
      const draft = flows.get(params.flowId);
      if (store.deployments.findPresent(draft.flowId) !== undefined)
        throw new WirebookError('SERVER_FLOW_DEPLOYED', `"${draft.document.name}" is deployed, and takes messages`);
      flows.remove(draft.flowId);
      tell(draft.flowId, user.name, 'delete-flow');
      return undefined;
    },
    listVersions: ({ params }) => ({ versions: store.versions.list(flows.get(params.flowId).flowId).map(toVersionSummary) }),
    getVersion: ({ params }) => {
      const version = getVersion(params.flowId, params.number);
      return { ...toVersionSummary(version), document: parseFlow(version.document) };
    },
    saveVersion: ({ params, body, user }) => {
      const { flowId, hash, document } = flows.get(params.flowId);
      const version = store.versions.add({ flowId, hash, document: JSON.stringify(document), note: body.note, createdBy: user.name });
      tell(flowId, user.name, 'save-version');
      return toVersionSummary(version);
    },
  };
}
