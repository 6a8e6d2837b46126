import { Button } from '@mantine/core';
import { IconFocus2 } from '@tabler/icons-react';
import type { RunDetail } from '@wirebook/api';
import type { FlowNode } from '@wirebook/flow';
import type { StepView, TracedValue } from '@wirebook/trace';
import type { ReactNode } from 'react';
import { formatDuration } from '../app/time-text.tsx';
import { CallTable } from './call-table.tsx';
import { ErrorBox } from './error-box.tsx';
import { toStepRoot } from './json-path.ts';
import { formatBytes } from './json-tree.tsx';
import { RunStatusMark, toStepState } from './run-status.tsx';
import { findStepInput } from './step-input.ts';
import styles from './step-panel.module.css';
import { formatOffset } from './timeline-layout.ts';
import { TracedValueView } from './traced-value-view.tsx';

interface StepPanelProps {
  readonly detail: RunDetail;
  readonly step: StepView;
  readonly node: FlowNode | null;
  /** Leads to the node on the canvas; left out where there is none. */
  readonly onShowNode?: ((nodeId: string) => void) | undefined;
}

/** What went in, what came out, and what happened between. */
export function StepPanel({ detail, step, node, onShowNode }: StepPanelProps) {
  const { runId, startedAtMs } = detail.row.head;
  const { nodeId } = step;
  const name = node?.name ?? nodeId ?? 'Unknown node';
  const address = { attempt: String(step.attempt), stepId: String(step.stepId) };
  const offset = (atMs: number) => `+${formatOffset(Math.max(0, atMs - startedAtMs))}`;
  const hasInput = step.parentStepId !== null;
  return (
    <section className={styles.panel} aria-label={`Step ${name}`}>
      <header className={styles.head}>
        <h3 className={styles.title} title={name}>
          {name}
        </h3>
        <RunStatusMark state={toStepState(step)} />
        <span className={styles.quiet}>{step.durationMs === null ? '' : formatDuration(step.durationMs)}</span>
        {step.attempt > 1 ? <span className={styles.quiet}>attempt {step.attempt}</span> : null}
        {nodeId === null || onShowNode === undefined ? null : (
          <Button
            className={styles.show ?? ''}
            variant="subtle"
            size="compact-xs"
            leftSection={<IconFocus2 size={14} stroke={1.75} />}
            onClick={() => onShowNode(nodeId)}
          >
            Show node
          </Button>
        )}
      </header>
      <div className={styles.body}>
        {step.isReused ? <p className={styles.note}>The node did not run: the output of an earlier attempt was used again.</p> : null}
        {step.error === null ? null : <ErrorBox error={step.error} isHandled={step.isErrorHandled} />}
        {step.late.map(({ atMs, what }) => (
          <p key={atMs} className={styles.note}>
            A late {what} came at {offset(atMs)}, after the step was over, and was refused.
          </p>
        ))}
        {step.retries.length === 0 ? null : (
          <Part title={step.retries.length === 1 ? '1 failed try before' : `${step.retries.length} failed tries before`}>
            <ol className={styles.logs}>
              {step.retries.map(({ atMs, attempt, error, waitMs }) => (
                <li key={atMs} className={styles.warn ?? ''}>
                  <span className={styles.quiet}>{offset(atMs)}</span> Try {attempt}: {error.message} ({error.code}), then again after{' '}
                  {formatDuration(waitMs)}
                </li>
              ))}
            </ol>
          </Part>
        )}
        {step.calls.length === 0 ? null : (
          <Part title={step.calls.length === 1 ? '1 call' : `${step.calls.length} calls`}>
            <CallTable calls={step.calls} />
          </Part>
        )}
        {step.emissions.map(({ port, output, atMs }, index) => (
          <Part key={`${port} ${atMs} ${index}`} title={`Output ${port}`} aside={describeSize(output, offset(atMs))}>
            <TracedValueView
              runId={runId}
              address={{ ...address, what: 'emission', index: String(index) }}
              traced={resolve(output, detail, step)}
              rootPath={toStepRoot(name)}
              label={`Output ${port} of ${name}`}
            />
          </Part>
        ))}
        {step.prints.map(({ label, output, atMs }, index) => (
          <Part key={`${label} ${atMs} ${index}`} title={`Debug ${label}`} aside={describeSize(output, offset(atMs))}>
            <TracedValueView
              runId={runId}
              address={{ ...address, what: 'print', index: String(index) }}
              traced={resolve(output, detail, step)}
              rootPath=""
              label={`Debug ${label} of ${name}`}
            />
          </Part>
        ))}
        {step.logs.length === 0 ? null : (
          <Part title="Log">
            <ol className={styles.logs}>
              {step.logs.map(({ atMs, level, text }, index) => (
                <li key={index} className={styles[level] ?? ''}>
                  <span className={styles.quiet}>{offset(atMs)}</span> <span className={styles.level}>{level}</span> {text}
                </li>
              ))}
            </ol>
          </Part>
        )}
        {hasInput ? (
          <Part title="Input">
            <TracedValueView
              runId={runId}
              address={{ ...address, what: 'input' }}
              traced={findStepInput(detail, step)}
              rootPath=""
              label={`Input of ${name}`}
            />
          </Part>
        ) : (
          <TriggerPart detail={detail} step={step} />
        )}
      </div>
    </section>
  );
}

/** The first step has no input but what the platform sent. */
function TriggerPart({ detail: { row, trigger }, step }: { readonly detail: RunDetail; readonly step: StepView }) {
  if (trigger === null) return null;
  const { body, headers, sizeBytes, isTruncated } = trigger;
  return (
    <>
      <Part title="Trigger" aside={formatBytes(sizeBytes)}>
        <TracedValueView
          runId={row.head.runId}
          address={{ attempt: String(step.attempt), stepId: String(step.stepId), what: 'trigger' }}
          traced={body === null ? null : { value: body, sizeBytes, truncated: isTruncated }}
          rootPath="$trigger.body"
          label="Trigger"
        />
      </Part>
      <Part title="Headers">
        <dl className={styles.details}>
          {Object.entries(headers).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Part>
    </>
  );
}

function Part({ title, aside, children }: { readonly title: string; readonly aside?: string; readonly children: ReactNode }) {
  return (
    <details open className={styles.part}>
      <summary>
        <span className={styles.partTitle}>{title}</span>
        <span className={styles.quiet}>{aside}</span>
      </summary>
      {children}
    </details>
  );
}

function describeSize({ sizeBytes }: TracedValue, offset: string): string {
  return sizeBytes === null ? offset : `${formatBytes(sizeBytes)}, ${offset}`;
}

/** A value that is kept elsewhere in the run is taken from there; null when it has to be asked for. */
function resolve(traced: TracedValue, detail: RunDetail, step: StepView): TracedValue | null {
  const { trigger } = detail;
  if (traced.sameAs === undefined) return traced.value === undefined ? null : traced;
  if (traced.sameAs === 'input') return findStepInput(detail, step);
  const value = traced.sameAs === 'trigger.body' ? trigger?.body : undefined;
  const truncated = traced.sameAs === 'trigger.body' && trigger?.isTruncated === true;
  return value === undefined || value === null ? null : { value, sizeBytes: traced.sizeBytes, truncated };
}
