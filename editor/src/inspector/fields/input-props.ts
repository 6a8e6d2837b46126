import styles from './field.module.css';
import type { FieldProps } from './field-props.ts';

/** What Mantine's inputs take of a field. */
export function toInputProps({ id, isBad, isReadOnly, tools, toolsWidth, ariaLabel }: FieldProps) {
  return {
    id,
    readOnly: isReadOnly,
    error: isBad,
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
