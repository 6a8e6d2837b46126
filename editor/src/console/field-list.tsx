import type { ConsoleField } from '@wirebook/api';
import styles from './field-list.module.css';
import { RichText } from './rich-text.tsx';

/** Labels and what an analyst reads behind them. */
export function FieldList({ fields }: { readonly fields: readonly ConsoleField[] }) {
  return (
    <dl className={styles.fields}>
      {fields.map(({ name, label, text, isRichText }) => (
        <div key={name} className={isRichText ? styles.wide : styles.field}>
          <dt title={name}>{label}</dt>
          <dd>{isRichText ? <RichText html={text} label={label} /> : text === '' ? <span className={styles.none}>not set</span> : text}</dd>
        </div>
      ))}
    </dl>
  );
}
