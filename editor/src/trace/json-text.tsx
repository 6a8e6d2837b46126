import { useState } from 'react';
import styles from './json-tree.module.css';

const excerptLength = 160;
const stepLength = 100_000;

/** A text of a message: one line of it, until all is asked for. Always text, never markup. */
export function JsonText({ text }: { readonly text: string }) {
  const [shownLength, setShownLength] = useState(excerptLength);
  const isWhole = shownLength >= text.length;
  const isExcerpt = shownLength === excerptLength;
  const isLong = text.length > excerptLength || text.includes('\n');
  if (!isLong) return <span className={styles.text}>{JSON.stringify(text)}</span>;
  return (
    <span className={isExcerpt ? styles.text : styles.longText}>
      {isExcerpt ? `${JSON.stringify(text.slice(0, excerptLength)).slice(0, -1)}${isWhole ? '"' : '…'}` : text.slice(0, shownLength)}
      <button
        type="button"
        tabIndex={-1}
        className={styles.link}
        onClick={(event) => {
          event.stopPropagation();
          setShownLength(isExcerpt || !isWhole ? (isExcerpt ? stepLength : shownLength + stepLength) : excerptLength);
        }}
      >
        {isExcerpt || !isWhole ? `Show all (${text.length.toLocaleString('en')} characters)` : 'Show less'}
      </button>
    </span>
  );
}
