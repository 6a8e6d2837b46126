import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react';
import type { DeployProblem, FlowToDeploy } from '@wirebook/api';
import { useLocation } from 'wouter';
import { useServices } from '../app/services.tsx';
import { describeFlowProblem, describeInList } from '../inspector/problem-text.ts';
import styles from './deploy-dialog.module.css';
import { useFlowSession } from './flow-session-context.tsx';

interface DeployProblemsProps {
  readonly problems: readonly DeployProblem[];
  readonly flows: readonly FlowToDeploy[];
  /** A problem was followed to its place. */
  readonly onLeave: () => void;
}

/** What keeps the flows from running or is doubtful; each leads to its place. */
export function DeployProblems({ problems, flows, onLeave }: DeployProblemsProps) {
  const { store } = useFlowSession();
  const { nodeTypes } = useServices();
  const [, navigate] = useLocation();
  const openFlowId = store.getState().flowId;
  if (problems.length === 0) return null;

  function go({ flowId, nodeId, field }: DeployProblem): void {
    onLeave();
    if (flowId === openFlowId) {
      if (nodeId === undefined && field === undefined) return;
      store.select(nodeId === undefined ? [] : [nodeId]);
      store.inspect({ nodeId: nodeId ?? null, ...(field === undefined ? {} : { field }) });
      return;
    }
    const search = new URLSearchParams({
      ...(nodeId === undefined ? {} : { node: nodeId }),
      ...(field === undefined ? {} : { field }),
    });
    navigate(`/flows/${flowId}${search.size === 0 ? '' : `?${search}`}`);
  }

  /** Nodes of other flows are not known here; their messages name them. */
  function words(problem: DeployProblem): string {
    const node = problem.flowId === openFlowId ? store.getState().document.nodes.find(({ id }) => id === problem.nodeId) : undefined;
    if (node === undefined) return describeFlowProblem(problem);
    return `${node.name}: ${describeInList(problem, node, nodeTypes.findDescriptor(node.type)?.config)}`;
  }

  const sorted = [...problems].sort((left, right) => left.severity.localeCompare(right.severity));
  return (
    <ul className={styles.problems} aria-label="Problems">
      {sorted.map((problem) => {
        const isError = problem.severity === 'error';
        const Icon = isError ? IconCircleX : IconAlertTriangle;
        const flow = flows.length > 1 ? flows.find(({ flowId }) => flowId === problem.flowId)?.name : undefined;
        return (
          <li key={[problem.flowId, problem.code, problem.nodeId, problem.field, problem.wire, problem.message].join('\n')}>
            <button type="button" className={styles.problem} data-severity={problem.severity} onClick={() => go(problem)}>
              <Icon size={16} stroke={1.75} aria-label={isError ? 'Error' : 'Warning'} />
              <span>
                {flow === undefined ? null : <strong>{flow}: </strong>}
                {words(problem)}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
