import styles from './field.module.css';
import type { FieldProps } from './field-props.ts';

/** What Mantine's inputs take of a field. */
export function toInputProps({ id, isBad, isReadOnly, describedBy, tools, toolsWidth, ariaLabel }: FieldProps) {
  return {
    id,
    readOnly: isReadOnly,
    error: isBad,
    // Label, help and error are drawn by the frame of the field.
    withAria: false,
    'aria-invalid': isBad,
    ...(describedBy === undefined ? {} : { 'aria-describedby': describedBy }),
    ...(ariaLabel === undefined ? {} : { 'aria-label': ariaLabel }),
    ...(tools === undefined
      ? {}
      : {
          rightSection: tools,
          rightSectionWidth: toolsWidth ?? 34,
          rightSectionPointerEvents: 'all' as const,
          rightSectionProps: { className: styles.tools ?? '' },
        }),
  };
}
