import type { ObjectFieldTemplateProps } from '@rjsf/utils';
import styles from './form.module.css';

/** The fields of an object below each other, without a box. */
export function ObjectTemplate({ properties }: ObjectFieldTemplateProps) {
  return <div className={styles.fields}>{properties.map(({ content }) => content)}</div>;
}
