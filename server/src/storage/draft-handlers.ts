import { createHash } from 'node:crypto';
import type { DraftView, SaveChangesAnswer, SideDraftSummary } from '@wirebook/api';
import { WirebookError } from '@wirebook/errors';
import {
  applyChange,
  describeDiff,
  describeLayoutDiff,
  diffFlows,
  type FlowChange,
  type FlowDocument,
  parseFlow,
  parseFlowChange,
  parseFlowValue,
} from '@wirebook/flow';
import type { IdSource } from '@wirebook/node-kit';
import type { AppStore, StoredSideDraft } from '@wirebook/store';
import type { RouteHandlers, SignedInUser } from '../http/route-handlers.ts';
import type { LivePublisher } from '../live/live-publisher.ts';
import type { Draft, FlowBook } from './flow-book.ts';
import type { LeaseDesk, LeaseHolder } from './lease-desk.ts';

export interface DraftHandlersOptions {
  readonly store: AppStore;
  readonly flows: FlowBook;
  readonly leases: LeaseDesk;
  readonly live: LivePublisher;
  readonly ids: IdSource;
  /** Debug nodes that were switched beside what the document says. */
  readonly findDebugSwitches: (flowId: string) => Readonly<Record<string, boolean>>;
}

type DraftRoute = 'getDraft' | 'takeLease' | 'giveUpLease' | 'saveChanges' | 'getSideDraft' | 'deleteSideDraft';

/** A save as it was answered: asked again, because the answer was lost on its way, it is answered the same. */
interface LastSave {
  readonly leaseId: string;
  readonly baseRevision: number;
  /** Digest of what was sent. */
  readonly changes: string;
  readonly answer: SaveChangesAnswer;
}

/** Reading and writing drafts, one writer at a time. */
export function createDraftHandlers(options: DraftHandlersOptions): Pick<RouteHandlers, DraftRoute> {
  const { store, flows, leases, live, ids } = options;
  const lastSaves = new Map<string, LastSave>();

  function summarise(side: StoredSideDraft, document: FlowDocument, present: Draft): SideDraftSummary {
    const diff = diffFlows(present.document, document);
    return {
      id: side.id,
      flowId: side.flowId,
      userName: side.userName,
      createdAtMs: side.createdAtMs,
      summary: [...describeDiff(diff), ...describeLayoutDiff(diff)],
    };
  }

  function findDeployed(flowId: string): DraftView['deployed'] {
    const deployment = store.deployments.findPresent(flowId);
    const version = deployment === undefined ? undefined : store.versions.find(flowId, deployment.version);
    return version === undefined ? null : { version: version.number, document: parseFlow(version.document) };
  }

  /** Whether the tab may write: it has the lease, or had it and nobody took it or wrote since. */
  function mayWrite(draft: Draft, baseRevision: number, leaseId: string, holder: LeaseHolder): boolean {
    if (leases.isHeld(draft.flowId, leaseId, holder)) return true;
    return leases.find(draft.flowId) === null && draft.revision === baseRevision;
  }

  function keepAside(draft: Draft, baseRevision: number, changes: readonly FlowChange[], user: SignedInUser): SideDraftSummary {
    const base = flows.findDocument(draft.flowId, baseRevision);
    if (base === undefined) {
      throw new WirebookError(
        'SERVER_DRAFT_MOVED',
        `the changes were made on revision ${baseRevision}, which is not kept any more; the draft has revision ${draft.revision}`,
      );
    }
    const document = parseFlowValue(changes.reduce(applyChange, base));
    const side = store.sideDrafts.add({
      id: ids.nextId(),
      flowId: draft.flowId,
      userName: user.name,
      baseRevision,
      document: JSON.stringify(document),
    });
    return summarise(side, document, draft);
  }

  return {
    getDraft: ({ params }) => {
      const draft = flows.get(params.flowId);
      return {
        flowId: draft.flowId,
        revision: draft.revision,
        document: draft.document,
        savedAtMs: draft.savedAtMs,
        savedBy: draft.savedBy,
        lease: leases.find(draft.flowId),
        deployed: findDeployed(draft.flowId),
        debugSwitches: options.findDebugSwitches(draft.flowId),
        sideDrafts: store.sideDrafts.list(draft.flowId).map((side) => summarise(side, parseFlow(side.document), draft)),
      };
    },
    takeLease: ({ params, body, user }) => {
      const draft = flows.get(params.flowId);
      const holder = { userId: user.id, userName: user.name, clientId: body.clientId };
      const before = leases.find(draft.flowId);
      const lease = leases.take(draft.flowId, holder, body.takeOver);
      if (lease !== undefined) return { granted: true, lease, revision: draft.revision };
      if (before === null) throw new WirebookError('SERVER_INTERNAL', `the lease of flow "${draft.flowId}" was refused without a holder`);
      return { granted: false, holder: before };
    },
    giveUpLease: ({ params, user }) => {
      leases.giveUp(params.flowId, params.leaseId, user.id);
      return undefined;
    },
    saveChanges: ({ params, body, user }) => {
      const { leaseId, clientId, baseRevision } = body;
      const changes = body.changes.map(parseFlowChange);
      const draft = flows.get(params.flowId);
      const digest = createHash('sha256').update(JSON.stringify(changes)).digest('base64url');
      const last = lastSaves.get(draft.flowId);
      if (last?.leaseId === leaseId && last.baseRevision === baseRevision && last.changes === digest) return last.answer;
      const holder = { userId: user.id, userName: user.name, clientId };
      const saved = mayWrite(draft, baseRevision, leaseId, holder) ? flows.save(draft.flowId, baseRevision, changes, user.name) : undefined;
      if (saved === undefined) return { saved: false, reason: 'stale', sideDraft: keepAside(draft, baseRevision, changes, user) };
      if (!leases.keep(draft.flowId, leaseId, user.id)) leases.revive(draft.flowId, leaseId, holder);
      live.toFlow(draft.flowId, 'draft:changed', {
        flowId: draft.flowId,
        revision: saved.revision,
        changes,
        clientId,
        savedBy: saved.savedBy,
        savedAtMs: saved.savedAtMs,
      });
      const answer = { saved: true, revision: saved.revision, savedAtMs: saved.savedAtMs } as const;
      lastSaves.set(draft.flowId, { leaseId, baseRevision, changes: digest, answer });
      return answer;
    },
    getSideDraft: ({ params }) => {
      const draft = flows.get(params.flowId);
      const side = store.sideDrafts.find(draft.flowId, params.sideDraftId);
      if (side === undefined) throw noSideDraft(params.sideDraftId);
      const document = parseFlow(side.document);
      return { ...summarise(side, document, draft), document };
    },
    deleteSideDraft: ({ params }) => {
      if (!store.sideDrafts.remove(flows.get(params.flowId).flowId, params.sideDraftId)) throw noSideDraft(params.sideDraftId);
      return undefined;
    },
  };
}

function noSideDraft(id: string): WirebookError {
  return new WirebookError('SERVER_SIDE_DRAFT_UNKNOWN', `there is no side draft "${id}" of this flow`);
}
