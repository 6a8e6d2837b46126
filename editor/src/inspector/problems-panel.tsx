import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { FlowProblem } from '@wirebook/flow';
import { useMemo } from 'react';
import { useServices } from '../app/services.tsx';
import { useCommandContext } from '../canvas/canvas-control-context.tsx';
import { useFlowState, useFlowStore } from '../canvas/flow-context.tsx';
import { describeFlowProblem, describeInList } from './problem-text.ts';
import styles from './problems-panel.module.css';

const size = { size: 16, stroke: 1.75 };

/** All problems of the open flow, errors first; each leads to its node and its field, or to the setting of the flow. */
export function ProblemsPanel() {
  const { nodeTypes } = useServices();
  const problems = useFlowState((state) => state.problems);
  const nodes = useFlowState((state) => state.document.nodes);
  const byId = useMemo(() => new Map(nodes.map((node) => [node.id, node])), [nodes]);
  const open = useOpenProblem();
  const ordered = useMemo(
    () => [...problems].sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning')),
    [problems],
  );

  if (ordered.length === 0) {
    return (
      <p className={styles.none}>
        <IconCircleCheck {...size} className={styles.good} aria-hidden="true" />
        No problems: this flow can be deployed.
      </p>
    );
  }
  return (
    <ul className={styles.list} aria-label="Problems">
      {ordered.map((problem, index) => {
        const node = problem.nodeId === undefined ? undefined : byId.get(problem.nodeId);
        const isError = problem.severity === 'error';
        const Mark = isError ? IconCircleX : IconAlertTriangle;
        return (
          <li key={index}>
            <button
              type="button"
              className={styles.row}
              disabled={node === undefined && problem.wire === undefined && problem.field === undefined}
              onClick={() => open(problem)}
            >
              <Mark {...size} className={isError ? styles.bad : styles.warn} aria-hidden="true" />
              <span className={styles.word}>{isError ? 'Error' : 'Warning'}</span>
              <span className={styles.node}>{node?.name ?? 'Flow'}</span>
              <span className={styles.text}>
                {node === undefined
                  ? describeFlowProblem(problem)
                  : describeInList(problem, node, nodeTypes.findDescriptor(node.type)?.config)}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** Selects what a problem is about, shows it and opens its field. */
function useOpenProblem(): (problem: FlowProblem) => void {
  const store = useFlowStore();
  const { canvas } = useCommandContext();
  return ({ nodeId, wire, field }) => {
    if (nodeId !== undefined) {
      store.select([nodeId]);
      store.inspect({ nodeId, ...(field === undefined ? {} : { field }) });
      canvas.openInspector();
      canvas.reveal([nodeId]);
    } else if (wire !== undefined) {
      const [from = '', to = ''] = wire.split(' -> ');
      store.select([], [`${from}>${to}`]);
      canvas.reveal([from, to].map((end) => end.slice(0, Math.max(0, end.lastIndexOf('.')))));
    } else if (field !== undefined) {
      store.select([]);
      store.inspect({ nodeId: null, field });
      canvas.openInspector();
    }
  };
}
