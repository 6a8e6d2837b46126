import { ActionIcon, Skeleton, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { RunDetail as RunDetailAnswer } from '@wirebook/api';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useServices } from '../app/services.tsx';
import { formatDuration, formatTime, TimeText } from '../app/time-text.tsx';
import { ErrorBox } from './error-box.tsx';
import { MissingRun } from './missing-run.tsx';
import { describeNoSteps } from './no-steps-text.ts';
import { RunCustodyLine } from './run-custody-line.tsx';
import styles from './run-detail.module.css';
import { RunStatusMark } from './run-status.tsx';
import { RunTimeline } from './run-timeline.tsx';
import { StepPanel } from './step-panel.tsx';
import { StopRunButton } from './stop-run-button.tsx';
import { toStepKey } from './timeline-layout.ts';
import { useRunDetail } from './use-run-detail.ts';
import { useRunNodes } from './use-run-document.ts';

interface RunDetailProps {
  readonly runId: string;
  readonly onClose: () => void;
  /** Leads to a node on the canvas; left out where there is none. */
  readonly onShowNode?: (nodeId: string) => void;
  /** Told which node's step is open; null when none is. */
  readonly onStepNode?: (nodeId: string | null) => void;
  /** A node whose step shall be opened, from elsewhere. */
  readonly wantedNodeId?: string | null;
  /** More acts in the head. */
  readonly children?: ReactNode;
}

/** One run: its timeline, and the step that was chosen. */
export function RunDetail(props: RunDetailProps) {
  const detail = useRunDetail(props.runId);
  if (detail.data !== undefined) return <LoadedRun key={props.runId} {...props} detail={detail.data} />;
  if (detail.isError) return <MissingRun runId={props.runId} error={detail.error} onRetry={() => void detail.refetch()} />;
  return <Skeleton height={120} m="md" role="progressbar" aria-label="Loading the run" />;
}

function LoadedRun({
  detail,
  onClose,
  onShowNode,
  onStepNode,
  wantedNodeId = null,
  children,
}: RunDetailProps & { readonly detail: RunDetailAnswer }) {
  const { view, row } = detail;
  const nodes = useRunNodes(row);
  const { now, session } = useServices();
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  const [followedNodeId, setFollowedNodeId] = useState(wantedNodeId);
  const openKey = chosenKey ?? findFirstLook(detail, wantedNodeId);
  const step = useMemo(() => view.steps.find((each) => toStepKey(each) === openKey) ?? null, [view.steps, openKey]);
  const stepNodeId = step?.nodeId ?? null;

  // A node that is chosen on the canvas opens its step: a new wish only, news of the run move nothing.
  if (wantedNodeId !== followedNodeId) {
    setFollowedNodeId(wantedNodeId);
    const wanted = view.steps.findLast(({ nodeId }) => nodeId !== null && nodeId === wantedNodeId);
    if (wanted !== undefined) setChosenKey(toStepKey(wanted));
  }
  useEffect(() => onStepNode?.(stepNodeId), [onStepNode, stepNodeId]);

  const node = stepNodeId === null ? null : (nodes.get(stepNodeId) ?? null);
  return (
    <section className={styles.run} aria-label={`Run ${row.head.runId}`}>
      <header className={styles.head}>
        <RunStatusMark state={view.status} />
        <h2 className={styles.id}>{row.head.runId}</h2>
        <div className={styles.facts}>
          <span className={styles.fact}>{row.head.triggerName ?? row.head.destination}</span>
          {row.head.incidentId === null ? null : <span className={styles.fact}>incident {row.head.incidentId}</span>}
          <span className={styles.fact}>{row.version === null ? 'version not known' : `version ${row.version}`}</span>
          <span className={styles.fact}>
            <TimeText atMs={view.startedAtMs} />
          </span>
          <span className={styles.fact}>{view.durationMs === null ? '' : formatDuration(view.durationMs)}</span>
          {view.isIncomplete ? <span className={styles.warn}>Some events of this run were not kept</span> : null}
        </div>
        <span className={styles.acts}>
          {view.status === 'running' ? <StopRunButton runId={row.head.runId} /> : null}
          {children}
          <Tooltip label="Close the run">
            <ActionIcon aria-label="Close the run" onClick={onClose}>
              <IconX size={16} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
        </span>
      </header>
      <RunCustodyLine view={view} />
      <div className={styles.columns} data-empty={view.steps.length === 0}>
        <div className={styles.timeline}>
          {view.error === null || isToldByStep(view) ? null : (
            <div className={styles.runError}>
              <ErrorBox error={view.error} />
            </div>
          )}
          {view.steps.length === 0 ? (
            <p className={styles.none}>{describeNoSteps(view, now(), (atMs) => formatTime(atMs, session.product.timeZone))}</p>
          ) : (
            <RunTimeline view={view} nodes={nodes} openKey={openKey} onOpen={setChosenKey} />
          )}
        </div>
        {view.steps.length === 0 ? null : (
          <div className={styles.step}>
            {step === null ? <p className={styles.none}>Choose a step to see what went in and out.</p> : null}
            {step === null ? null : <StepPanel key={openKey} detail={detail} step={step} node={node} onShowNode={onShowNode} />}
          </div>
        )}
      </div>
    </section>
  );
}

/** The error of a run is that of its step, with the name of the node before it. */
function isToldByStep({ error, steps }: RunDetailAnswer['view']): boolean {
  return steps.some((step) => step.error !== null && error?.message.endsWith(step.error.message) === true);
}

/** What went wrong is what one looks for; else the node that is chosen, else how it ended. */
function findFirstLook({ view: { steps } }: RunDetailAnswer, wantedNodeId: string | null): string | null {
  const failed = steps.findLast(({ status, isErrorHandled }) => status === 'failed' && !isErrorHandled);
  const wanted = steps.findLast(({ nodeId }) => nodeId !== null && nodeId === wantedNodeId);
  const step = failed ?? wanted ?? steps.at(-1);
  return step === undefined ? null : toStepKey(step);
}
