import { Anchor, Skeleton } from '@mantine/core';
import type { JsonValue } from '@wirebook/errors';
import type { FlowNode } from '@wirebook/flow';
import { Link } from 'wouter';
import { EmptyState } from '../app/empty-state.tsx';
import { FailureState } from '../app/failure-state.tsx';
import { TimeText } from '../app/time-text.tsx';
import { useFlowState } from '../canvas/flow-context.tsx';
import { toStepRoot } from '../trace/json-path.ts';
import { JsonTree } from '../trace/json-tree.tsx';
import styles from './recorded-tab.module.css';
import { useRecordedMessage } from './use-recorded-message.ts';

interface RecordedTabProps {
  readonly node: FlowNode;
  readonly side: 'input' | 'output';
}

/** What the node was given, or gave, when it last ran. */
export function RecordedTab({ node, side }: RecordedTabProps) {
  const flowId = useFlowState((state) => state.flowId);
  const { data: recorded, error, isPending, refetch } = useRecordedMessage(flowId, node.id);
  if (isPending) return <Skeleton height={120} />;
  if (error !== null) return <FailureState error={error} onRetry={() => void refetch()} />;
  if (recorded === null || recorded === undefined) {
    return (
      <EmptyState
        help="runs"
        text={`Nothing was recorded yet: deploy the flow and trigger it, and the last ${side} of this node is here.`}
      />
    );
  }
  const parts = side === 'input' ? listInput(recorded.input) : listOutputs(node, recorded.outputs);
  const truncation = recorded.isTruncated ? { sizeBytes: null, onLoadAll: null } : null;
  return (
    <div className={styles.recorded}>
      <p className={styles.source}>
        Run{' '}
        <Anchor component={Link} href={`/flows/${flowId}?run=${encodeURIComponent(recorded.runId)}`} className={styles.run ?? ''}>
          {recorded.runId}
        </Anchor>
        , <TimeText atMs={recorded.atMs} />
      </p>
      {parts.length === 0 ? <p className={styles.none}>{side === 'input' ? 'It was given nothing.' : 'It gave nothing.'}</p> : null}
      {parts.map(({ title, value, rootPath }) => (
        <section key={title} className={styles.part}>
          <h3 className={styles.title}>{title}</h3>
          <JsonTree value={value} rootPath={rootPath} label={title} memoryKey={`${node.id} ${side} ${title}`} truncation={truncation} />
        </section>
      ))}
    </div>
  );
}

interface RecordedPart {
  readonly title: string;
  readonly value: JsonValue;
  readonly rootPath: string;
}

function listInput(input: JsonValue | null): readonly RecordedPart[] {
  return input === null ? [] : [{ title: 'Message', value: input, rootPath: '' }];
}

function listOutputs({ name }: FlowNode, outputs: Readonly<Record<string, JsonValue>>): readonly RecordedPart[] {
  return Object.entries(outputs).map(([port, value]) => ({ title: `Port ${port}`, value, rootPath: toStepRoot(name) }));
}
