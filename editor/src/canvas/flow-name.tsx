import { useState } from 'react';
import { useFlowState, useFlowStore } from './flow-context.tsx';
import styles from './flow-header.module.css';

const maxLength = 200;

/** The name of the flow; a click makes it a field. */
export function FlowName() {
  const store = useFlowStore();
  const name = useFlowState(({ document }) => document.name);
  const isWriting = useFlowState(({ mode }) => mode === 'writing');
  const [text, setText] = useState<string | null>(null);

  function keep(): void {
    const next = text?.trim() ?? '';
    if (next !== '' && next !== name) store.change({ kind: 'flow-described', name: next }, { label: 'Rename the flow' });
    setText(null);
  }

  if (text === null) {
    return (
      <h1 className={styles.title}>
        <button
          type="button"
          className={styles.name}
          title={isWriting ? `${name}: click to rename` : name}
          disabled={!isWriting}
          onClick={() => setText(name)}
        >
          {name}
        </button>
      </h1>
    );
  }
  return (
    <input
      className={styles.name}
      aria-label="Name of the flow"
      // biome-ignore lint/a11y/noAutofocus: whoever clicked the name wants to type.
      autoFocus
      maxLength={maxLength}
      value={text}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
        if (event.key === 'Escape') setText(null);
      }}
    />
  );
}
