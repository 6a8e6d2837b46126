import { Skeleton } from '@mantine/core';
import type { RunDetail } from '@wirebook/api';
import { MissingRun } from './missing-run.tsx';
import styles from './replies-of-run.module.css';
import { ReplyList } from './reply-list.tsx';
import { useRunDetail } from './use-run-detail.ts';
import { useRunNodes } from './use-run-document.ts';

/** What the analyst saw of one run. */
export function RepliesOfRun({ runId }: { readonly runId: string }) {
  const detail = useRunDetail(runId);
  if (detail.isError && detail.data === undefined)
    return <MissingRun runId={runId} error={detail.error} onRetry={() => void detail.refetch()} />;
  if (detail.data === undefined) return <Skeleton height={84} m="md" role="progressbar" aria-label="Loading replies" />;
  return <LoadedReplies detail={detail.data} />;
}

function LoadedReplies({ detail }: { readonly detail: RunDetail }) {
  const nodes = useRunNodes(detail.row);
  const { steps } = detail.view;
  const nameOf = (stepId: number) => {
    const nodeId = steps.findLast((step) => step.stepId === stepId)?.nodeId ?? null;
    return nodeId === null ? null : (nodes.get(nodeId)?.name ?? nodeId);
  };
  return (
    <div className={styles.frame}>
      <ReplyList view={detail.view} nameOf={nameOf} />
    </div>
  );
}
