import { ActionIcon, Skeleton, Tooltip } from '@mantine/core';
import { IconArrowsMaximize } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useNodeForm } from '../node-form-context.tsx';
import { useExpressionScope } from '../use-expression-scope.ts';
import { useRecordedMessage } from '../use-recorded-message.ts';
import styles from './code-field.module.css';
import type { FieldProps } from './field-props.ts';

const CodeEditor = lazy(() => import('../monaco/code-editor.tsx').then(({ CodeEditor: editor }) => ({ default: editor })));
const CodeDialog = lazy(() => import('../monaco/code-dialog.tsx').then(({ CodeDialog: dialog }) => ({ default: dialog })));

interface CodeFieldProps extends FieldProps {
  readonly language: 'javascript' | 'json';
  readonly label: string;
}

/** Program text, in the form and, on demand, in a large window. */
export function CodeField({ id, value, onChange, isReadOnly, isBad, language, label }: CodeFieldProps) {
  const { flowId, nodeId } = useNodeForm();
  const scope = useExpressionScope();
  const { data: recorded = null } = useRecordedMessage(flowId, nodeId);
  const [isOpen, setOpen] = useState(false);
  /** The window was open: the focus goes back to the field. */
  const [wasOpen, setWasOpen] = useState(false);
  const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value, undefined, 2);
  const shared = { language, text, isReadOnly, scope, recorded, onChange };
  return (
    <div className={styles.frame} data-bad={isBad}>
      <div className={styles.bar}>
        <span>{language === 'javascript' ? 'JavaScript' : 'JSON'}</span>
        <Tooltip label="Open editor">
          <ActionIcon
            size={24}
            aria-label={`${label}: open editor`}
            onClick={() => {
              setOpen(true);
              setWasOpen(true);
            }}
          >
            <IconArrowsMaximize size={14} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </div>
      <Suspense fallback={<Skeleton height={260} radius={0} />}>
        {isOpen ? (
          <p className={styles.elsewhere}>Open in the large editor.</p>
        ) : (
          <CodeEditor {...shared} label={label} id={id} isFocusWanted={wasOpen} className={styles.editor ?? ''} />
        )}
      </Suspense>
      {isOpen ? (
        <Suspense fallback={null}>
          <CodeDialog {...shared} title={label} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}
