import type { FieldTemplateProps } from '@rjsf/utils';

/** Objects and lists bring their own heads; values never come here. */
export function FieldTemplate({ children }: FieldTemplateProps) {
  return children;
}
