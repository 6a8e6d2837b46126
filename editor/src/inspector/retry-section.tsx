import { Checkbox } from '@mantine/core';
import { type FlowNode, parseFlowChange, takesRetry } from '@wirebook/flow';
import type { ConfigField } from '@wirebook/node-kit';
import { useId, useState } from 'react';
import { useServices } from '../app/services.tsx';
import { useFlowState, useFlowStore } from '../canvas/flow-context.tsx';
import { ChoiceField } from './fields/choice-field.tsx';
import { DurationField } from './fields/duration-field.tsx';
import { FieldFrame, nameParts } from './fields/field-frame.tsx';
import { NumberField } from './fields/number-field.tsx';
import { TextsField } from './fields/texts-field.tsx';
import { findNumberFault } from './number-fault.ts';
import { choiceLabels, findRetryFault, type RetryField, type RetryForm, retryFields, toRetryForm, toRetryPolicy } from './retry-form.ts';
import styles from './retry-section.module.css';

/** Time limit and retry policy of a node, below its form. */
export function RetrySection({ node, isReadOnly }: { readonly node: FlowNode; readonly isReadOnly: boolean }) {
  const store = useFlowStore();
  const { nodeTypes } = useServices();
  const problems = useFlowState((state) => state.problems);
  const descriptor = nodeTypes.findDescriptor(node.type);
  if (descriptor === undefined || descriptor.source !== undefined) return null;
  const isOffered = takesRetry(descriptor) || node.retry !== undefined;
  const title = isOffered ? 'Retry' : 'Time limit';
  const faults = problems.filter(({ nodeId, field }) => nodeId === node.id && (field === 'retry' || field?.startsWith('retry.') === true));

  return (
    <section className={styles.section} aria-label={title}>
      <h3 className={styles.title}>{title}</h3>
      {isOffered ? (
        <Checkbox
          label="Try again after an error"
          disabled={isReadOnly}
          checked={node.retry !== undefined}
          onChange={(event) => {
            const label = `${event.currentTarget.checked ? 'Retry' : 'Do not retry'} ${node.name}`;
            const retry = event.currentTarget.checked ? {} : null;
            store.change(parseFlowChange({ kind: 'node-guarded', nodeId: node.id, retry }), { label });
          }}
        />
      ) : null}
      {faults.map(({ message }) => (
        <p key={message} className={styles.fault}>
          {message}
        </p>
      ))}
      {node.retry === undefined ? null : <PolicyFields key={node.id} node={node} retry={node.retry} isReadOnly={isReadOnly} />}
      <TimeLimitField key={`${node.id} limit`} node={node} isReadOnly={isReadOnly} />
    </section>
  );
}

interface PolicyFieldsProps {
  readonly node: FlowNode;
  readonly retry: NonNullable<FlowNode['retry']>;
  readonly isReadOnly: boolean;
}

/** The document takes only what is in bounds; anything else stays here with the reason. */
function PolicyFields({ node, retry, isReadOnly }: PolicyFieldsProps) {
  const store = useFlowStore();
  const id = useId();
  const [form, setForm] = useState<RetryForm>(() => toRetryForm(retry));
  const [committed, setCommitted] = useState(JSON.stringify(retry));
  if (committed !== JSON.stringify(retry)) {
    setCommitted(JSON.stringify(retry));
    setForm(toRetryForm(retry));
  }

  function take(key: RetryField, value: unknown): void {
    const next = { ...form, [key]: value };
    setForm(next);
    const policy = toRetryPolicy(next);
    if (policy === undefined || JSON.stringify(policy) === committed) return;
    setCommitted(JSON.stringify(policy));
    store.change(
      { kind: 'node-guarded', nodeId: node.id, retry: policy },
      { label: `Change the retries of ${node.name}`, isMergeable: true },
    );
  }

  const keys = (Object.keys(retryFields) as RetryField[]).filter((key) => key !== 'codes' || form.on === 'codes');
  return keys.map((key) => {
    const field = retryFields[key];
    const fault = form[key] === undefined ? undefined : findRetryFault(form, key);
    const errors = fault === undefined ? [] : [fault];
    const label = field.title ?? key;
    const shared = {
      id: `${id}-${key}`,
      path: ['retry', key],
      field,
      value: form[key],
      isReadOnly,
      isBad: errors.length > 0,
      onChange: (value: unknown) => take(key, value),
    };
    return (
      <FieldFrame
        key={key}
        words={nameParts(shared.id, field, errors)}
        path={shared.path}
        field={field}
        label={label}
        mark=""
        errors={errors}
        isGroup={field.type === 'array'}
      >
        {field.type === 'array' ? (
          <TextsField {...shared} label={label} />
        ) : field['x-editor'] === 'duration' ? (
          <DurationField {...shared} />
        ) : field.enum === undefined ? (
          <NumberField {...shared} />
        ) : (
          <ChoiceField {...shared} choices={field.enum.map((value) => ({ value, label: choiceLabels[value] ?? String(value) }))} />
        )}
      </FieldFrame>
    );
  });
}

const limitField: ConfigField = {
  type: 'integer',
  title: 'Time limit of a step',
  'x-editor': 'duration',
  description: 'For all tries and waits together. Empty: that of the flow.',
  minimum: 100,
  maximum: 86_400_000,
};

function TimeLimitField({ node, isReadOnly }: { readonly node: FlowNode; readonly isReadOnly: boolean }) {
  const store = useFlowStore();
  const id = useId();
  const [typed, setTyped] = useState<unknown>(node.timeoutMs);
  const [committed, setCommitted] = useState(node.timeoutMs);
  if (committed !== node.timeoutMs) {
    setCommitted(node.timeoutMs);
    setTyped(node.timeoutMs);
  }
  const fault = findNumberFault(limitField, typed);
  const errors = fault === undefined ? [] : [fault];

  function take(value: unknown): void {
    setTyped(value);
    const isTaken = value === undefined || (typeof value === 'number' && findNumberFault(limitField, value) === undefined);
    if (!isTaken || value === node.timeoutMs) return;
    const timeoutMs = typeof value === 'number' ? value : undefined;
    setCommitted(timeoutMs);
    store.change(
      { kind: 'node-guarded', nodeId: node.id, timeoutMs: timeoutMs ?? null },
      { label: `Change the time limit of ${node.name}`, isMergeable: true },
    );
  }

  const path = ['timeoutMs'];
  return (
    <FieldFrame
      words={nameParts(id, limitField, errors)}
      path={path}
      field={limitField}
      label={limitField.title ?? ''}
      mark=""
      errors={errors}
    >
      <DurationField
        id={id}
        path={path}
        field={limitField}
        value={typed}
        isReadOnly={isReadOnly}
        isBad={errors.length > 0}
        onChange={take}
      />
    </FieldFrame>
  );
}
