import { VisuallyHidden } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { FlowNode } from '@wirebook/flow';
import type { ReplyView, RunView } from '@wirebook/trace';
import { type KeyboardEvent, memo, useMemo, useRef } from 'react';
import { useServices } from '../app/services.tsx';
import { formatDuration } from '../app/time-text.tsx';
import { RunStatusMark, toStepState } from './run-status.tsx';
import styles from './run-timeline.module.css';
import { layoutTimeline, type Timeline, type TimelineLine } from './timeline-layout.ts';
import { useTick } from './use-tick.ts';

interface RunTimelineProps {
  readonly view: RunView;
  readonly nodes: ReadonlyMap<string, FlowNode>;
  readonly openKey: string | null;
  readonly onOpen: (key: string) => void;
}

const rowPx = 28;
const runningTickMs = 500;
const idleTickMs = 60_000;

/** The steps of a run as bars on one axis. */
export function RunTimeline({ view, nodes, openKey, onOpen }: RunTimelineProps) {
  const scroller = useRef<HTMLDivElement>(null);
  useTick(view.status === 'running' ? runningTickMs : idleTickMs);
  const { now } = useServices();
  const nowMs = view.status === 'running' ? now() : (view.finishedAtMs ?? view.startedAtMs);
  const timeline = useMemo(() => layoutTimeline(view, nowMs), [view, nowMs]);
  const virtualizer = useVirtualizer({
    count: timeline.lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 8,
  });

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const index = timeline.lines.findIndex(({ key }) => key === openKey);
    const next = timeline.lines[index + step];
    if (step === 0 || next === undefined) return;
    event.preventDefault();
    onOpen(next.key);
    virtualizer.scrollToIndex(index + step);
  }

  return (
    <div ref={scroller} className={styles.scroller}>
      <Axis timeline={timeline} replies={view.replies} />
      <div
        role="listbox"
        aria-label="Steps"
        tabIndex={0}
        aria-activedescendant={openKey === null ? undefined : `step-${openKey}`}
        className={styles.lines}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const line = timeline.lines[index];
          if (line === undefined) return null;
          const { nodeId } = line.step;
          const name = (nodeId === null ? undefined : nodes.get(nodeId)?.name) ?? nodeId ?? 'Unknown node';
          return <Line key={line.key} line={line} top={start} name={name} isOpen={line.key === openKey} onOpen={onOpen} />;
        })}
      </div>
    </div>
  );
}

interface LineProps {
  readonly line: TimelineLine;
  readonly top: number;
  readonly name: string;
  readonly isOpen: boolean;
  readonly onOpen: (key: string) => void;
}

const Line = memo(function Line({ line, top, name, isOpen, onOpen }: LineProps) {
  const { key, step, bar, waits, ticks } = line;
  const state = toStepState(step);
  const duration = step.durationMs === null ? '' : formatDuration(step.durationMs);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list around it takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the list around it has the focus and names the open step
    <div
      role="option"
      id={`step-${key}`}
      aria-selected={isOpen}
      className={styles.line}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onOpen(key)}
    >
      <span className={styles.name} title={name}>
        <RunStatusMark state={state} isIconOnly />
        <span className={styles.nameText}>{name}</span>
        {step.attempt > 1 ? (
          <span className={styles.again} title={`Attempt ${step.attempt}`}>
            <VisuallyHidden>Attempt </VisuallyHidden>
            {step.attempt}
          </span>
        ) : null}
      </span>
      <span className={styles.track}>
        <span className={`${styles.bar} ${styles[state] ?? ''}`} style={{ left: toPercent(bar.at), width: toPercent(bar.width) }} />
        {waits.map(({ at, width, durationMs, why }) => (
          <span
            key={`${why} ${at}`}
            className={styles.wait}
            style={{ left: toPercent(at), width: toPercent(width) }}
            title={`${why === 'queued' ? 'Waited to begin' : 'Waited before the next try'}: ${formatDuration(durationMs)}`}
          />
        ))}
        {ticks.map(({ at, isGood, label }, index) => (
          <span key={index} className={`${styles.tick} ${isGood ? '' : styles.badTick}`} style={{ left: toPercent(at) }} title={label} />
        ))}
        <TroubleText ticks={ticks} bar={bar} />
      </span>
      <span className={styles.duration}>{duration}</span>
    </div>
  );
});

/** A mark behind it has no room for its words. */
const labelEndShare = 0.85;

/** What the text beside a bar needs, and how far inside a long bar it stands when there is room at neither side. */
const roomShare = 0.6;
const insideShare = 0.05;

/** A try that went wrong is told beside its bar, where there is room. */
function TroubleText({ ticks, bar }: Pick<TimelineLine, 'ticks' | 'bar'>) {
  const trouble = ticks.find(({ isGood }) => !isGood);
  if (trouble === undefined) return null;
  const end = bar.at + bar.width;
  const place =
    end < roomShare
      ? { left: toPercent(end) }
      : bar.at > 1 - roomShare
        ? { right: toPercent(1 - bar.at) }
        : { left: toPercent(bar.at + insideShare) };
  return (
    <span className={styles.trouble} style={place}>
      {trouble.label}
    </span>
  );
}

const reasonWords: Readonly<Record<string, string>> = {
  delivered: 'delivered',
  redelivered: 'redelivered',
  'taken-over': 'taken over',
  'run-again': 'run again',
};

function Axis({ timeline, replies }: { readonly timeline: Timeline; readonly replies: readonly ReplyView[] }) {
  const { axis, breaks, attempts } = timeline;
  const later = attempts.filter(({ attempt }) => attempt > 1);
  return (
    <div className={styles.axis}>
      <span className={styles.axisName}>Steps</span>
      <span className={styles.axisTrack}>
        {axis.map(({ at, label }) => (
          <span key={label} className={styles.mark} style={{ left: toPercent(at) }}>
            {at > labelEndShare ? null : label}
          </span>
        ))}
        {breaks.map(({ at, width, durationMs }) => (
          <span
            key={at}
            className={styles.gap}
            style={{ left: toPercent(at), width: toPercent(width) }}
            title={`Nothing ran for ${formatDuration(durationMs)}`}
          />
        ))}
        {later.map(({ at, attempt, reason }) => (
          <span
            key={attempt}
            className={styles.attempt}
            style={{ left: toPercent(at) }}
            title={`Attempt ${attempt}: ${reasonWords[reason] ?? reason}`}
          >
            {attempt}
          </span>
        ))}
        {timeline.replies.map(({ at, index }) => {
          const reply = replies[index];
          return reply === undefined ? null : (
            <span
              key={index}
              className={`${styles.reply} ${reply.kind === 'status' ? '' : styles.completing} ${reply.fate === 'dropped' ? styles.dropped : ''}`}
              style={{ left: toPercent(at) }}
              title={`${reply.kind === 'status' ? 'Status' : 'Completing'} reply${reply.fate === 'sent' ? '' : `, ${reply.fate}`}`}
            />
          );
        })}
      </span>
      <span className={styles.duration} />
    </div>
  );
}

function toPercent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}
