import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './code-dialog.module.css';
import { CodeEditor, type CodeEditorProps } from './code-editor.tsx';

interface CodeDialogProps extends Omit<CodeEditorProps, 'label' | 'isFocusWanted' | 'className' | 'id'> {
  readonly title: string;
  readonly below?: ReactNode;
  readonly onClose: () => void;
}

/** The code editor in a large window; what is typed is in the flow at once, so there is nothing to confirm. */
export function CodeDialog({ title, below, onClose, ...editor }: CodeDialogProps) {
  const isScript = editor.language === 'javascript' || editor.language === 'json';
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={960}
      closeButtonProps={{ 'aria-label': 'Close editor' }}
      trapFocus
      // In the editor Escape closes what the editor has open.
      closeOnEscape={false}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div
        className={styles.content}
        onKeyDownCapture={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          event.stopPropagation();
          onClose();
        }}
      >
        <div className={styles.frame}>
          <CodeEditor {...editor} label={title} isFocusWanted className={(isScript ? styles.script : styles.expression) ?? ''} />
        </div>
        <div className={styles.below}>{below}</div>
        <div className={styles.acts}>
          <Button onClick={onClose}>Done</Button>
        </div>
      </div>
    </Modal>
  );
}
