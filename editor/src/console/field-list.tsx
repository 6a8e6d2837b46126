import type { ConsoleField } from '@wirebook/api';
import { useServices } from '../app/services.tsx';
import styles from './field-list.module.css';
import { RichText } from './rich-text.tsx';
import { toShownText } from './shown-text.ts';

/** Labels and what an analyst reads behind them. */
export function FieldList({ fields }: { readonly fields: readonly ConsoleField[] }) {
  const { session } = useServices();
  return (
    <dl className={styles.fields}>
      {fields.map(({ name, label, inputType, text, isRichText }) => (
        <div key={name} className={isRichText ? styles.wide : styles.field}>
          <dt title={name}>{label}</dt>
          <dd>
            {isRichText ? (
              <RichText html={text} label={label} />
            ) : text === '' ? (
              <span className={styles.none}>not set</span>
            ) : (
              toShownText({ inputType, text }, session.product.timeZone)
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
