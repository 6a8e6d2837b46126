import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react';
import type { FlowNode } from '@wirebook/flow';
import { useMemo } from 'react';
import { useServices } from '../app/services.tsx';
import { useFlowState, useFlowStore } from '../canvas/flow-context.tsx';
import styles from './node-problems.module.css';
import { describeInList } from './problem-text.ts';

/** What is wrong with a node, each with a click to its field. */
export function NodeProblems({ node }: { readonly node: FlowNode }) {
  const store = useFlowStore();
  const { nodeTypes } = useServices();
  const all = useFlowState((state) => state.problems);
  const problems = useMemo(() => all.filter(({ nodeId }) => nodeId === node.id), [all, node.id]);
  if (problems.length === 0) return null;
  return (
    <ul className={styles.list} aria-label="Problems of this node">
      {problems.map((problem) => {
        const { field, message, severity } = problem;
        const Mark = severity === 'error' ? IconCircleX : IconAlertTriangle;
        const text = describeInList(problem, node, nodeTypes.findDescriptor(node.type)?.config);
        const content = (
          <>
            <Mark size={14} stroke={1.75} aria-label={severity === 'error' ? 'Error' : 'Warning'} />
            <span>{text}</span>
          </>
        );
        return (
          <li key={`${field} ${message}`} data-severity={severity}>
            {field === undefined || field === '' ? (
              <span className={styles.problem}>{content}</span>
            ) : (
              <button type="button" className={styles.problem} onClick={() => store.inspect({ nodeId: node.id, field })}>
                {content}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
