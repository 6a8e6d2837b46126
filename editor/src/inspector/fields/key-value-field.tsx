import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ConfigField } from '@wirebook/node-kit';
import { type ReactNode, useRef, useState } from 'react';
import { collectErrors } from '../extra-errors.ts';
import type { FieldPath } from '../field-path.ts';
import { findKeyProblem, type PairRow, readPairs, writePairs } from '../pair-rows.ts';
import styles from './field.module.css';
import type { FieldProps } from './field-props.ts';
import { MoveButtons } from './move-buttons.tsx';

/** What the value of a line is drawn from. */
interface PairValue {
  readonly id: string;
  readonly path: FieldPath;
  readonly field: ConfigField;
  readonly ariaLabel: string;
  readonly value: unknown;
  readonly errorTree: unknown;
  readonly onChange: (value: unknown) => void;
}

interface KeyValueFieldProps extends FieldProps {
  readonly label: string;
  /** By key, as the form has them. */
  readonly errorTree: unknown;
  readonly renderValue: (pair: PairValue) => ReactNode;
}

/** Names with a value each, such as headers. */
export function KeyValueField({ id, path, field, value, onChange, isReadOnly, label, errorTree, renderValue }: KeyValueFieldProps) {
  const [rows, setRows] = useState(() => readPairs(value));
  const [written, setWritten] = useState(value);
  const nextId = useRef(rows.length);
  const list = useRef<HTMLDivElement>(null);
  // A change from elsewhere, such as undo; lines that are not in the config yet go then.
  if (value !== written && JSON.stringify(value ?? {}) !== JSON.stringify(writePairs(rows))) {
    setRows(readPairs(value));
    setWritten(value);
  }
  const inner: ConfigField = typeof field.additionalProperties === 'object' ? field.additionalProperties : {};

  function commit(next: readonly PairRow[]): void {
    const pairs = writePairs(next);
    setRows([...next]);
    setWritten(pairs);
    onChange(pairs);
  }
  function add(): void {
    nextId.current += 1000;
    setRows([...rows, { id: nextId.current, key: '', value: '' }]);
    requestAnimationFrame(() => [...(list.current?.querySelectorAll<HTMLInputElement>('input[data-key]') ?? [])].at(-1)?.focus());
  }

  return (
    <>
      <div ref={list} className={styles.rows}>
        {rows.map((row, index) => {
          const problem = findKeyProblem(rows, row);
          const name = row.key === '' ? `${label} ${index + 1}` : row.key;
          return (
            <div key={row.id}>
              <div className={styles.pair}>
                <TextInput
                  id={index === 0 ? id : undefined}
                  data-key
                  aria-label={`${label}: name ${index + 1}`}
                  placeholder="Name"
                  readOnly={isReadOnly}
                  error={problem !== undefined}
                  value={row.key}
                  spellCheck={false}
                  onChange={(event) => commit(rows.with(index, { ...row, key: event.currentTarget.value }))}
                />
                {renderValue({
                  id: `${id}-${row.id}`,
                  path: [...path, row.key],
                  field: inner,
                  ariaLabel: `${label}: value of ${name}`,
                  value: row.value,
                  errorTree: findErrors(errorTree, row.key),
                  onChange: (next) => commit(rows.with(index, { ...row, value: next ?? '' })),
                })}
                {isReadOnly ? (
                  <span />
                ) : (
                  <MoveButtons name={name} hasOrder={false} onUp={null} onDown={null} onRemove={() => commit(rows.toSpliced(index, 1))} />
                )}
              </div>
              {problem === undefined ? null : <p className={styles.error}>{problem}</p>}
            </div>
          );
        })}
      </div>
      {isReadOnly ? null : (
        <Button variant="subtle" className={styles.add ?? ''} leftSection={<IconPlus size={14} stroke={1.75} />} onClick={add}>
          Add
        </Button>
      )}
    </>
  );
}

function findErrors(tree: unknown, key: string): unknown {
  const found: unknown = typeof tree === 'object' && tree !== null && Object.hasOwn(tree, key) ? Reflect.get(tree, key) : undefined;
  return collectErrors(found).length === 0 ? undefined : found;
}
