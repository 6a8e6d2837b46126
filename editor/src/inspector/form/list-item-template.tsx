import type { ArrayFieldItemTemplateProps } from '@rjsf/utils';
import type { KeyboardEvent } from 'react';
import { toFieldText } from '../field-path.ts';
import { MoveButtons } from '../fields/move-buttons.tsx';
import styles from './form.module.css';

/** A row of a list: its number, its fields, and buttons to move and remove it. Alt with an arrow moves it too. */
export function ListItemTemplate({ children, buttonsProps, index, readonly }: ArrayFieldItemTemplateProps) {
  const { hasMoveUp, hasMoveDown, onMoveUpItem, onMoveDownItem, onRemoveItem, fieldPathId } = buttonsProps;
  const name = `row ${index + 1}`;

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (!event.altKey || event.ctrlKey || event.metaKey || readonly === true) return;
    const isUp = event.key === 'ArrowUp';
    if (!isUp && event.key !== 'ArrowDown') return;
    event.preventDefault();
    event.stopPropagation();
    // The library takes the focus away from what is moved when it is given the event.
    if (isUp && hasMoveUp) onMoveUpItem();
    if (!isUp && hasMoveDown) onMoveDownItem();
  }

  return (
    // The keys are those of the controls inside.
    // biome-ignore lint/a11y/noStaticElementInteractions: only a place to hear the keys of what is inside
    <div className={styles.row} data-field={toFieldText(fieldPathId.path)} onKeyDown={onKeyDown}>
      <div className={styles.rowHead}>
        <span className={styles.number}>{index + 1}</span>
        {readonly === true ? null : (
          <span className={styles.rowTools}>
            <MoveButtons
              name={name}
              onUp={hasMoveUp ? () => onMoveUpItem() : null}
              onDown={hasMoveDown ? () => onMoveDownItem() : null}
              onRemove={() => onRemoveItem()}
            />
          </span>
        )}
      </div>
      {children}
    </div>
  );
}
