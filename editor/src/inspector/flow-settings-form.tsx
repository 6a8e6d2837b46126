import { Textarea, TextInput } from '@mantine/core';
import type { FlowSettings } from '@wirebook/flow';
import type { ConfigField } from '@wirebook/node-kit';
import { useId, useState } from 'react';
import { useFlowState, useFlowStore } from '../canvas/flow-context.tsx';
import { DurationField } from './fields/duration-field.tsx';
import { FieldFrame, nameParts } from './fields/field-frame.tsx';
import { NumberField } from './fields/number-field.tsx';
import styles from './flow-settings-form.module.css';
import { findNumberFault } from './number-fault.ts';
import { OrderByField } from './order-by-field.tsx';

type NumberSetting = 'concurrency' | 'timeoutMs' | 'stepTimeoutMs' | 'hopLimit';

/** As the schema of the flow document bounds them. */
const settingFields: Readonly<Record<NumberSetting, ConfigField>> = {
  concurrency: {
    type: 'integer',
    title: 'Runs at one time',
    description: 'More wait until one has ended.',
    minimum: 1,
    maximum: 1000,
    default: 10,
  },
  timeoutMs: {
    type: 'integer',
    title: 'Time limit of a run',
    description: 'Then the action gets an error reply.',
    'x-editor': 'duration',
    minimum: 100,
    maximum: 86_400_000,
    default: 300_000,
  },
  stepTimeoutMs: {
    type: 'integer',
    title: 'Time limit of a step',
    description: 'For nodes that have no limit of their own.',
    'x-editor': 'duration',
    minimum: 100,
    maximum: 86_400_000,
    default: 120_000,
  },
  hopLimit: {
    type: 'integer',
    title: 'Hop limit',
    description: 'Nodes that one message may pass: the guard against loops.',
    minimum: 1,
    maximum: 100_000,
    default: 1000,
  },
};

/** What the flow is called and for, its limits, and the order that it keeps. */
export function FlowSettingsForm() {
  const settings = useFlowState((state) => state.document.settings);
  const isReadOnly = useFlowState((state) => state.mode !== 'writing');
  const id = useId();
  return (
    <div className={styles.form}>
      <NameField isReadOnly={isReadOnly} />
      <DescriptionField isReadOnly={isReadOnly} />
      {Object.entries(settingFields).map(([key, field]) => (
        <SettingField
          key={key}
          id={`${id}-${key}`}
          setting={key as NumberSetting}
          field={field}
          value={settings[key as NumberSetting]}
          isReadOnly={isReadOnly}
        />
      ))}
      <OrderByField isReadOnly={isReadOnly} />
    </div>
  );
}

const longestName = 200;

/** A flow has a name always: an empty field is not taken, and shows the name again when it is left. */
function NameField({ isReadOnly }: { readonly isReadOnly: boolean }) {
  const store = useFlowStore();
  const name = useFlowState((state) => state.document.name);
  const [typed, setTyped] = useState(name);
  const [known, setKnown] = useState(name);
  if (known !== name) {
    setKnown(name);
    if (typed.trim() !== name) setTyped(name);
  }
  const isEmpty = typed.trim() === '';

  function take(text: string): void {
    setTyped(text);
    const next = text.trim();
    if (next !== '' && next !== name) {
      store.change({ kind: 'flow-described', name: next }, { label: 'Rename the flow', isMergeable: true });
    }
  }

  return (
    <TextInput
      label="Name"
      maxLength={longestName}
      readOnly={isReadOnly}
      value={typed}
      error={isEmpty ? 'A flow needs a name.' : null}
      onChange={(event) => take(event.currentTarget.value)}
      onBlur={() => setTyped(name)}
      wrapperProps={{ 'data-field': 'name' }}
    />
  );
}

function DescriptionField({ isReadOnly }: { readonly isReadOnly: boolean }) {
  const store = useFlowStore();
  const description = useFlowState((state) => state.document.description);
  return (
    <Textarea
      label="Description"
      description="What the flow is for, in Markdown."
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      autosize
      minRows={3}
      maxRows={12}
      readOnly={isReadOnly}
      value={description}
      onChange={(event) =>
        store.change({ kind: 'flow-described', description: event.currentTarget.value }, { label: 'Describe the flow', isMergeable: true })
      }
    />
  );
}

interface SettingFieldProps {
  readonly id: string;
  readonly setting: NumberSetting;
  readonly field: ConfigField;
  readonly value: FlowSettings[NumberSetting];
  readonly isReadOnly: boolean;
}

/** The document takes only what is in bounds; anything else stays here with the reason. */
function SettingField({ id, setting, field, value, isReadOnly }: SettingFieldProps) {
  const store = useFlowStore();
  const [typed, setTyped] = useState<unknown>(value);
  const [committed, setCommitted] = useState(value);
  if (committed !== value) {
    setCommitted(value);
    setTyped(value);
  }
  const fault = findNumberFault(field, typed);
  const errors = fault === undefined ? [] : [fault];
  const words = nameParts(id, field, errors);
  const path = ['settings', setting];
  const Amount = field['x-editor'] === 'duration' ? DurationField : NumberField;

  function take(next: unknown): void {
    setTyped(next);
    const wanted = next ?? field.default;
    if (findNumberFault(field, wanted) !== undefined || typeof wanted !== 'number' || wanted === value) return;
    setCommitted(wanted);
    store.change(
      { kind: 'flow-described', settings: { [setting]: wanted } },
      { label: 'Change the settings of the flow', isMergeable: true },
    );
  }

  return (
    <FieldFrame words={words} path={path} field={field} label={field.title ?? setting} mark="" errors={errors}>
      <Amount id={id} path={path} field={field} value={typed} isReadOnly={isReadOnly} isBad={errors.length > 0} onChange={take} />
    </FieldFrame>
  );
}
