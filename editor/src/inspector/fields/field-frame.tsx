import type { ConfigField } from '@wirebook/node-kit';
import { type ReactNode, useLayoutEffect } from 'react';
import { type FieldPath, toFieldText } from '../field-path.ts';
import styles from './field.module.css';

interface FieldWords {
  readonly id: string;
  readonly helpId: string;
  readonly errorId: string;
  readonly describedBy: string | undefined;
}

/** Ids that tie a control to its help and its errors. */
export function nameParts(id: string, field: ConfigField, errors: readonly string[]): FieldWords {
  const helpId = `${id}-help`;
  const errorId = `${id}-error`;
  const described = [...(field.description === undefined ? [] : [helpId]), ...(errors.length === 0 ? [] : [errorId])];
  return { id, helpId, errorId, describedBy: described.length === 0 ? undefined : described.join(' ') };
}

interface FieldFrameProps {
  readonly words: FieldWords;
  readonly path: FieldPath;
  readonly field: ConfigField;
  /** Null: the control has a name of its own. */
  readonly label: string | null;
  readonly mark: string;
  readonly errors: readonly string[];
  /** The control is several controls: the label names their group. */
  readonly isGroup?: boolean;
  readonly children: ReactNode;
}

/** Fields of a row of a list stand close: their label is beside them, and their help is told once, at the list. */
function isInRow(path: FieldPath): boolean {
  return path.some((key) => typeof key === 'number');
}

/** Label above, help and errors below. */
export function FieldFrame({ words, path, field, label, mark, errors, isGroup = false, children }: FieldFrameProps) {
  // Mantine's inputs tell only of help and errors that they draw themselves.
  useLayoutEffect(() => {
    const control = document.getElementById(words.id);
    if (words.describedBy === undefined) control?.removeAttribute('aria-describedby');
    else control?.setAttribute('aria-describedby', words.describedBy);
  });
  const labelId = `${words.id}-label`;
  const heading =
    label === null ? null : (
      <span className={styles.heading}>
        {isGroup ? (
          <span id={labelId} className={styles.label}>
            {label}
          </span>
        ) : (
          <label htmlFor={words.id} className={styles.label}>
            {label}
          </label>
        )}
        {mark === '' ? null : <span className={styles.mark}>{mark}</span>}
      </span>
    );
  const inRow = isInRow(path);
  const content = (
    <>
      {heading}
      <div className={styles.body}>
        {children}
        {errors.length === 0 ? null : (
          <div id={words.errorId} className={styles.errors}>
            {errors.map((error) => (
              <p key={error} className={styles.error}>
                {error}
              </p>
            ))}
          </div>
        )}
        {field.description === undefined ? null : (
          <p id={words.helpId} className={inRow ? styles.heard : styles.help}>
            {field.description}
          </p>
        )}
      </div>
    </>
  );
  const place = toFieldText(path);
  return isGroup ? (
    <fieldset className={styles.field} data-row={inRow} data-field={place} aria-labelledby={label === null ? undefined : labelId}>
      {content}
    </fieldset>
  ) : (
    <div className={styles.field} data-row={inRow} data-field={place}>
      {content}
    </div>
  );
}
