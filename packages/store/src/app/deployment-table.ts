import type { Database as SqliteDatabase } from 'better-sqlite3';

export interface StoredDeployment {
  readonly flowId: string;
  readonly version: number;
  readonly deployedAtMs: number;
  readonly deployedBy: string;
  /** Null: it runs. */
  readonly endedAtMs: number | null;
}

export interface DeploymentTable {
  /** What runs, by flow. */
  listPresent(): readonly StoredDeployment[];
  findPresent(flowId: string): StoredDeployment | undefined;
  /** The newest of the flow, whether it runs or not. */
  findLatest(flowId: string): StoredDeployment | undefined;
  /** What ran of the flow before ends in the same commit. */
  begin(deployment: { readonly flowId: string; readonly version: number; readonly by: string }): void;
  end(flowId: string): void;
}

/** Of a flow; the newest stay. */
const keptDeployments = 200;

const columns =
  'flow_id AS flowId, version, deployed_at_ms AS deployedAtMs, deployed_by AS deployedBy, ended_at_ms AS endedAtMs FROM deployments';

export function prepareDeploymentTable(database: SqliteDatabase, now: () => number): DeploymentTable {
  const listPresent = database.prepare<[], StoredDeployment>(`SELECT ${columns} WHERE ended_at_ms IS NULL ORDER BY flow_id`);
  const findPresent = database.prepare<[string], StoredDeployment>(`SELECT ${columns} WHERE ended_at_ms IS NULL AND flow_id = ?`);
  const findLatest = database.prepare<[string], StoredDeployment>(`SELECT ${columns} WHERE flow_id = ? ORDER BY id DESC LIMIT 1`);
  const insert = database.prepare<[string, number, number, string]>(
    'INSERT INTO deployments (flow_id, version, deployed_at_ms, deployed_by) VALUES (?, ?, ?, ?)',
  );
  const end = database.prepare<[number, string]>('UPDATE deployments SET ended_at_ms = ? WHERE flow_id = ? AND ended_at_ms IS NULL');
  const forget = database.prepare<[string, string, number]>(`
    DELETE FROM deployments WHERE flow_id = ? AND id NOT IN (SELECT id FROM deployments WHERE flow_id = ? ORDER BY id DESC LIMIT ?)`);
  const begin = database.transaction((flowId: string, version: number, by: string) => {
    const nowMs = now();
    end.run(nowMs, flowId);
    insert.run(flowId, version, nowMs, by);
    forget.run(flowId, flowId, keptDeployments);
  });
  return {
    listPresent: () => listPresent.all(),
    findPresent: (flowId) => findPresent.get(flowId),
    findLatest: (flowId) => findLatest.get(flowId),
    begin: ({ flowId, version, by }) => begin.immediate(flowId, version, by),
    end: (flowId) => void end.run(now(), flowId),
  };
}
