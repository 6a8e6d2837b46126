import type { ConfigField } from '@wirebook/node-kit';
import type { ReactNode } from 'react';
import type { FieldPath } from '../field-path.ts';

/** What every field of a config is given. */
export interface FieldProps {
  /** Of the control, so that the label names it. */
  readonly id: string;
  readonly path: FieldPath;
  readonly field: ConfigField;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly isReadOnly: boolean;
  readonly isBad: boolean;
  /** Buttons inside the right edge. */
  readonly tools?: ReactNode;
  /** How wide they are, in px. */
  readonly toolsWidth?: number;
  /** For controls that no label stands above. */
  readonly ariaLabel?: string;
}

export function showDefault(value: unknown): string {
  if (value === undefined || value === '') return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
