import { Portal } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { ScreenPoint } from '../state/canvas-dialog-store.ts';
import styles from './pick-list.module.css';

interface PickItem {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly icon?: ReactNode;
}

interface PickListProps {
  readonly label: string;
  readonly placeholder: string;
  /** Said when nothing fits to what was typed. */
  readonly nothing: string;
  readonly screen: ScreenPoint;
  readonly find: (typed: string) => readonly PickItem[];
  readonly onPick: (id: string) => void;
  /** Told of the item under the arrow keys. */
  readonly onActive?: (id: string) => void;
  readonly onClose: () => void;
}

/** At once: whoever opened the list goes on typing. */
function takeFocus(field: HTMLInputElement | null): void {
  field?.focus();
}

const size = { width: 320, height: 360 };
const margin = 8;

/** A field and a list that it filters, at a point of the window; arrows choose, Enter takes, Escape closes. */
export function PickList({ label, placeholder, nothing, screen, find, onPick, onActive, onClose }: PickListProps) {
  const [typed, setTyped] = useState('');
  const [index, setIndex] = useState(0);
  const items = useMemo(() => find(typed), [find, typed]);
  const list = useRef<HTMLDivElement | null>(null);
  const listId = useId();
  /** Nothing is told of the first item before somebody typed or chose. */
  const isTouched = typed !== '' || index > 0;
  const active = items[Math.min(index, items.length - 1)];

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
    if (active !== undefined && isTouched) onActive?.(active.id);
  }, [active, isTouched, onActive]);

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setIndex((index + step + items.length) % Math.max(1, items.length));
    else if (event.key === 'Enter' && active !== undefined) onPick(active.id);
    else if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const left = Math.max(margin, Math.min(screen.x, window.innerWidth - size.width - margin));
  const top = Math.max(margin, Math.min(screen.y, window.innerHeight - size.height - margin));
  return (
    <Portal>
      <div className={styles.veil} onPointerDown={onClose} />
      <div className={styles.box} role="dialog" aria-label={label} style={{ left, top }}>
        <input
          ref={takeFocus}
          className={styles.field}
          role="combobox"
          aria-label={label}
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={active === undefined ? undefined : `${listId}-${active.id}`}
          placeholder={placeholder}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setIndex(0);
          }}
          onKeyDown={onKeyDown}
        />
        <div ref={list} className={styles.list} role="listbox" id={listId} aria-label={label}>
          {items.map((item, place) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field above takes the keys of the list.
            <div
              key={item.id}
              id={`${listId}-${item.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={item === active}
              className={styles.option}
              onPointerMove={() => setIndex(place)}
              onClick={() => onPick(item.id)}
            >
              {item.icon}
              <span className={styles.words}>
                <span className={styles.title}>{item.title}</span>
                <span className={styles.hint}>{item.hint}</span>
              </span>
            </div>
          ))}
        </div>
        {items.length === 0 ? <p className={styles.nothing}>{nothing}</p> : null}
      </div>
    </Portal>
  );
}
