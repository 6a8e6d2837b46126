import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useRef } from 'react';
import { moveItem } from '../move-item.ts';
import styles from './field.module.css';
import type { FieldProps } from './field-props.ts';
import { JsonField } from './json-field.tsx';
import { MoveButtons } from './move-buttons.tsx';

/** A list of texts, a line each; Enter adds the next, Alt with an arrow moves one. */
export function TextsField(props: FieldProps & { readonly label: string }) {
  const { id, value, onChange, isReadOnly, field, label } = props;
  const rows = useRef<HTMLDivElement>(null);
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  if (value !== undefined && !Array.isArray(value)) return <JsonField {...props} />;
  const isFull = field.maxItems !== undefined && items.length >= field.maxItems;

  function focusRow(index: number): void {
    requestAnimationFrame(() => rows.current?.querySelectorAll('input')[index]?.focus());
  }
  function add(at: number): void {
    if (isFull || isReadOnly) return;
    onChange(items.toSpliced(at, 0, ''));
    focusRow(at);
  }
  function move(from: number, to: number): void {
    if (to < 0 || to >= items.length || isReadOnly) return;
    onChange(moveItem(items, from, to));
    focusRow(to);
  }

  return (
    <>
      <div ref={rows} className={styles.rows}>
        {items.map((item, index) => (
          <div key={index} className={styles.single} data-field={`${props.path.join('.')}[${index}]`}>
            <TextInput
              id={index === 0 ? id : undefined}
              aria-label={`${label} ${index + 1}`}
              readOnly={isReadOnly}
              value={typeof item === 'string' ? item : JSON.stringify(item)}
              onChange={(event) => onChange(items.with(index, event.currentTarget.value))}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
                  event.preventDefault();
                  add(index + 1);
                } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
                  event.preventDefault();
                  move(index, event.key === 'ArrowUp' ? index - 1 : index + 1);
                }
              }}
            />
            {isReadOnly ? null : (
              <span className={styles.rowTools}>
                <MoveButtons
                  name={`${label} ${index + 1}`}
                  onUp={index === 0 ? null : () => move(index, index - 1)}
                  onDown={index === items.length - 1 ? null : () => move(index, index + 1)}
                  onRemove={() => onChange(items.toSpliced(index, 1))}
                />
              </span>
            )}
          </div>
        ))}
      </div>
      {isReadOnly || isFull ? null : (
        <Button
          variant="subtle"
          className={styles.add ?? ''}
          leftSection={<IconPlus size={14} stroke={1.75} />}
          onClick={() => add(items.length)}
        >
          Add
        </Button>
      )}
    </>
  );
}
