import type { DeployBody, DeploymentsView, DeployPreview, DeployProblem, FlowToDeploy } from '@wirebook/api';
import { toWirebookError, WirebookError } from '@wirebook/errors';
import { describeDiff, diffFlows, type FlowDocument, type FlowProblem, parseFlow } from '@wirebook/flow';
import type { Clock, Timer } from '@wirebook/node-kit';
import type { AppStore, StoredDeployment } from '@wirebook/store';
import type { EngineProcess } from '../engine-host/engine-process.ts';
import type { HttpLog } from '../http/http-log.ts';
import { listDestinations } from '../platform/connection-view.ts';
import type { Draft, FlowBook } from '../storage/flow-book.ts';

export interface DeploymentDeskOptions {
  readonly store: AppStore;
  readonly flows: FlowBook;
  readonly engine: Pick<EngineProcess, 'deploy' | 'view'>;
  readonly clock: Clock;
  readonly log: HttpLog;
  /** All that is wrong with a flow, as the server sees it. */
  readonly checkFlow: (document: FlowDocument) => Promise<readonly FlowProblem[]>;
  /** The destination of a function; undefined while the definitions of the platform are not known. */
  readonly findDestination: (functionName: string) => string | undefined;
  /** Called after each change of what is deployed, with the flows that it was about. */
  readonly onChange: (view: DeploymentsView, flowIds: readonly string[]) => void;
}

/** Which version of which flow runs. */
export interface DeploymentDesk {
  view(): DeploymentsView;
  /** What a deployment would do; without ids, of all flows whose draft differs from what runs, and of those that never ran. */
  preview(flowIds: readonly string[] | undefined): Promise<DeployPreview>;
  /** @throws SERVER_DRAFT_MOVED, SERVER_DEPLOY_BLOCKED, SERVER_DEPLOY_WARNED, and what the engine refuses. */
  deploy(request: DeployBody, by: string): Promise<DeploymentsView>;
  /** @throws SERVER_FLOW_NOT_DEPLOYED */
  undeploy(flowId: string, by: string): Promise<DeploymentsView>;
  /**
   * Hands what is on record to the engine, at the start of the server. A flow that is refused does not keep the others from running and
   * is marked; what may pass by itself is tried again.
   */
  resume(): Promise<void>;
  close(): void;
}

const firstRetryMs = 5000;
const longestRetryMs = 60_000;

export function createDeploymentDesk(options: DeploymentDeskOptions): DeploymentDesk {
  const { store, flows, engine, clock, log } = options;
  /** Flows on record that the engine refused at the start, and why. */
  const refused = new Map<string, string>();
  let line: Promise<unknown> = Promise.resolve();
  let retry: Timer | null = null;
  let isClosed = false;

  /** One after the other: each hands over a whole set. */
  function queue<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = line.then(work);
    line = result.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return result;
  }

  function readDeployed({ flowId, version }: StoredDeployment): FlowDocument | undefined {
    const stored = store.versions.find(flowId, version);
    return stored === undefined ? undefined : parseFlow(stored.document);
  }

  /** What runs, by flow. */
  function readRunning(): Map<string, FlowDocument> {
    const running = store.deployments.listPresent().filter(({ flowId }) => !refused.has(flowId));
    return new Map(
      running.flatMap((deployment) => {
        const document = readDeployed(deployment);
        return document === undefined ? [] : [[deployment.flowId, document] as const];
      }),
    );
  }

  function isChanged({ flowId, hash }: Draft): boolean {
    const present = store.deployments.findPresent(flowId);
    return present !== undefined && store.versions.findHash(flowId, present.version) !== hash;
  }

  function view(): DeploymentsView {
    const drafts = new Map(flows.list().map((draft) => [draft.flowId, draft]));
    return {
      deployments: store.deployments.listPresent().map(({ flowId, version, deployedAtMs, deployedBy }) => {
        const problem = refused.get(flowId);
        const shown = { flowId, flowName: drafts.get(flowId)?.document.name ?? flowId, version, deployedAtMs, deployedBy };
        return problem === undefined ? shown : { ...shown, problem };
      }),
      changedFlowIds: [...drafts.values()].filter(isChanged).map(({ flowId }) => flowId),
    };
  }

  function findDrafts(flowIds: readonly string[] | undefined): Draft[] {
    if (flowIds !== undefined) return flowIds.map((flowId) => flows.get(flowId));
    return flows.list().filter((draft) => isChanged(draft) || store.deployments.findLatest(draft.flowId) === undefined);
  }

  function describe(draft: Draft): FlowToDeploy {
    const { flowId, document, revision, hash } = draft;
    const present = store.deployments.findPresent(flowId);
    const before = present === undefined ? undefined : readDeployed(present);
    const latest = store.versions.findLatest(flowId);
    return {
      flowId,
      name: document.name,
      revision,
      fromVersion: present?.version ?? null,
      toVersion: latest?.hash === hash ? latest.number : (latest?.number ?? 0) + 1,
      changes:
        before === undefined
          ? [`the flow starts with ${document.nodes.length} nodes and ${document.wires.length} wires`]
          : describeDiff(diffFlows(before, document)),
    };
  }

  async function findProblems(drafts: readonly Draft[]): Promise<DeployProblem[]> {
    const lists = await Promise.all(
      drafts.map(async ({ flowId, document }) => (await options.checkFlow(document)).map((problem) => ({ ...problem, flowId }))),
    );
    return lists.flat();
  }

  function listAll(documents: ReadonlyMap<string, FlowDocument>): Set<string> {
    return new Set([...documents.values()].flatMap((document) => listDestinations(document, options.findDestination)));
  }

  async function preview(flowIds: readonly string[] | undefined): Promise<DeployPreview> {
    const drafts = findDrafts(flowIds);
    const before = readRunning();
    const after = new Map([...before, ...drafts.map(({ flowId, document }) => [flowId, document] as const)]);
    const listensBefore = listAll(before);
    const listensAfter = listAll(after);
    const { state, reason, runsActive } = engine.view;
    return {
      flows: drafts.map(describe),
      subscriptions: {
        start: [...listensAfter].filter((name) => !listensBefore.has(name)),
        stop: [...listensBefore].filter((name) => !listensAfter.has(name)),
      },
      runsInFlight: runsActive,
      problems: await findProblems(drafts),
      engineProblem: state === 'running' ? null : (reason ?? `the engine is ${state}`),
    };
  }

  async function deployNow(request: DeployBody, by: string): Promise<DeploymentsView> {
    const drafts = request.flowIds.map((flowId) => flows.get(flowId));
    for (const { flowId, revision, document } of drafts) {
      const seen = request.revisions?.[flowId];
      if (seen !== undefined && seen !== revision)
        throw new WirebookError(
          'SERVER_DRAFT_MOVED',
          `"${document.name}" was changed since: it has revision ${revision}, not ${String(seen)}`,
        );
    }
    assertDeployable(await findProblems(drafts), request.acceptWarnings);
    const versions = drafts.map((draft) => ({ draft, version: ensureVersion(draft, request.note ?? '', by) }));
    const running = readRunning();
    for (const { draft, version } of versions) running.set(draft.flowId, version.document);
    await engine.deploy([...running.values()]);
    store.transaction(() => {
      for (const { draft, version } of versions) {
        store.deployments.begin({ flowId: draft.flowId, version: version.number, by });
        store.audit.add({ userName: by, action: 'deploy', subject: `${draft.flowId} version ${version.number}` });
      }
    });
    for (const { draft } of versions) refused.delete(draft.flowId);
    return tell(request.flowIds);
  }

  /** A draft that behaves as the latest version does is that version. */
  function ensureVersion({ flowId, hash, document }: Draft, note: string, by: string): { number: number; document: FlowDocument } {
    const latest = store.versions.findLatest(flowId);
    const present = latest?.hash === hash ? store.versions.find(flowId, latest.number) : undefined;
    if (present !== undefined) return { number: present.number, document: parseFlow(present.document) };
    const added = store.versions.add({ flowId, hash, document: JSON.stringify(document), note, createdBy: by });
    return { number: added.number, document };
  }

  function tell(flowIds: readonly string[]): DeploymentsView {
    const present = view();
    options.onChange(present, flowIds);
    return present;
  }

  async function undeployNow(flowId: string, by: string): Promise<DeploymentsView> {
    if (store.deployments.findPresent(flowId) === undefined)
      throw new WirebookError('SERVER_FLOW_NOT_DEPLOYED', `flow "${flowId}" is not deployed`);
    const running = readRunning();
    if (running.delete(flowId)) await engine.deploy([...running.values()]);
    store.transaction(() => {
      store.deployments.end(flowId);
      store.audit.add({ userName: by, action: 'undeploy', subject: flowId });
    });
    refused.delete(flowId);
    return tell([flowId]);
  }

  /** Gives the wait before another try; null when everything that can run runs. */
  async function resumeNow(): Promise<WirebookError | null> {
    refused.clear();
    const readable = new Map<string, FlowDocument>();
    for (const deployment of store.deployments.listPresent()) {
      try {
        const document = readDeployed(deployment);
        if (document !== undefined) readable.set(deployment.flowId, document);
      } catch (thrown) {
        refuse(deployment.flowId, toWirebookError(thrown, 'FLOW_DOCUMENT_INVALID'));
      }
    }
    const together = await tryDeploy([...readable.values()]);
    if (together === null || together.retryable) return together;
    const accepted: FlowDocument[] = [];
    for (const [flowId, document] of readable) {
      const failure = await tryDeploy([...accepted, document]);
      if (failure?.retryable === true) return failure;
      if (failure === null) accepted.push(document);
      else refuse(flowId, failure);
    }
    return null;
  }

  function refuse(flowId: string, error: WirebookError): void {
    refused.set(flowId, `${error.message} [${error.code}]`);
    log.error(`flow "${flowId}" is deployed and does not run: ${error.message}`, { code: error.code });
  }

  async function tryDeploy(documents: readonly FlowDocument[]): Promise<WirebookError | null> {
    try {
      await engine.deploy(documents);
      return null;
    } catch (thrown) {
      return toWirebookError(thrown, 'SERVER_INTERNAL');
    }
  }

  async function resume(delayMs: number): Promise<void> {
    const failure = await queue(resumeNow);
    const present = view();
    options.onChange(
      present,
      present.deployments.map(({ flowId }) => flowId),
    );
    if (failure === null || isClosed) return;
    log.warn(`the deployed flows do not run yet: ${failure.message}`, { code: failure.code, retryInMs: delayMs });
    retry = clock.startTimer(delayMs, () => {
      resume(Math.min(delayMs * 2, longestRetryMs)).catch((thrown: unknown) => log.error(`resuming failed: ${String(thrown)}`));
    });
  }

  return {
    view,
    preview,
    deploy: (request, by) => queue(() => deployNow(request, by)),
    undeploy: (flowId, by) => queue(() => undeployNow(flowId, by)),
    resume: () => resume(firstRetryMs),
    close: () => {
      isClosed = true;
      retry?.cancel();
    },
  };
}

function assertDeployable(problems: readonly DeployProblem[], acceptWarnings: boolean): void {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new WirebookError('SERVER_DEPLOY_BLOCKED', listProblems(errors));
  if (problems.length > 0 && !acceptWarnings) throw new WirebookError('SERVER_DEPLOY_WARNED', listProblems(problems));
}

const maxListed = 20;

function listProblems(problems: readonly DeployProblem[]): string {
  const listed = problems.slice(0, maxListed).map(({ flowId, message, code }) => `${flowId}: ${message} [${code}]`);
  const more = problems.length > maxListed ? [`and ${problems.length - maxListed} more`] : [];
  return [...listed, ...more].join('\n');
}
