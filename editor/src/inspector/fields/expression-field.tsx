import { ActionIcon, Combobox, Textarea, Tooltip, useCombobox } from '@mantine/core';
import { IconArrowsMaximize } from '@tabler/icons-react';
import { type KeyboardEvent, lazy, Suspense, useLayoutEffect, useRef, useState } from 'react';
import { type Completion, type CompletionList, completeExpression } from '../expression-completion.ts';
import { useExpressionScope } from '../use-expression-scope.ts';
import { writeValue, writtenText } from '../value-form.ts';
import styles from './field.module.css';
import type { FieldProps } from './field-props.ts';
import { toInputProps } from './input-props.ts';
import { ValuePreviewLine } from './value-preview-line.tsx';

const CodeDialog = lazy(() => import('../monaco/code-dialog.tsx').then(({ CodeDialog: dialog }) => ({ default: dialog })));

const nothing: CompletionList = { from: 0, items: [] };
const editorToolWidth = 24;

interface ExpressionFieldProps extends FieldProps {
  readonly form: 'expression' | 'template';
  readonly label: string;
  /** Just switched to: what is typed next belongs here. */
  readonly isFocusWanted: boolean;
}

/** An expression or a template, with completion while it is typed and below it what it gives. */
export function ExpressionField(props: ExpressionFieldProps) {
  const { value, form, label, onChange, isReadOnly, isBad, isFocusWanted, tools, toolsWidth = 0 } = props;
  const scope = useExpressionScope();
  const input = useRef<HTMLTextAreaElement>(null);
  const wantedCaret = useRef<number | null>(null);
  const [list, setList] = useState(nothing);
  const [isEditorOpen, setEditorOpen] = useState(false);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const text = writtenText(value);

  useLayoutEffect(() => {
    if (isFocusWanted) {
      input.current?.focus();
      input.current?.setSelectionRange(input.current.value.length, input.current.value.length);
    }
  }, [isFocusWanted]);
  useLayoutEffect(() => {
    if (wantedCaret.current === null) return;
    input.current?.setSelectionRange(wantedCaret.current, wantedCaret.current);
    wantedCaret.current = null;
  });

  function offer(typed: string, caret: number, isAsked: boolean): void {
    const next = completeExpression(typed, caret, scope, form === 'template');
    setList(next);
    combobox.resetSelectedOption();
    // Where nothing was begun yet, everything fits: that is offered on request.
    const isBegun = next.from < caret || typed[caret - 1] === '.';
    if (next.items.length === 0 || !(isBegun || isAsked)) combobox.closeDropdown();
    else combobox.openDropdown();
  }

  function accept(completion: Completion): void {
    const caret = input.current?.selectionEnd ?? text.length;
    const before = text.slice(0, list.from) + completion.insert;
    const next = before + text.slice(caret);
    wantedCaret.current = before.length - completion.caretBack;
    onChange(writeValue(form, next));
    // Behind `$steps.` the next names are offered at once.
    if (completion.insert.endsWith('.')) offer(next, before.length, true);
    else combobox.closeDropdown();
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault();
      event.stopPropagation();
      offer(text, event.currentTarget.selectionEnd, true);
    } else if (event.key === 'Escape' && combobox.dropdownOpened) {
      event.stopPropagation();
      combobox.closeDropdown();
    } else if (event.key === 'Tab' && combobox.dropdownOpened && combobox.getSelectedOptionIndex() >= 0) {
      event.preventDefault();
      combobox.clickSelectedOption();
    }
  }

  return (
    <>
      <Combobox
        store={combobox}
        size="xs"
        shadow="md"
        withinPortal
        onOptionSubmit={(index) => {
          const completion = list.items[Number(index)];
          if (completion !== undefined) accept(completion);
        }}
      >
        <Combobox.Target>
          <Textarea
            {...toInputProps({
              ...props,
              toolsWidth: toolsWidth + editorToolWidth,
              tools: (
                <span className={styles.expressionTools}>
                  <Tooltip label="Open editor">
                    <ActionIcon size={24} aria-label={`${label}: open editor`} onClick={() => setEditorOpen(true)}>
                      <IconArrowsMaximize size={14} stroke={1.75} />
                    </ActionIcon>
                  </Tooltip>
                  {tools}
                </span>
              ),
            })}
            ref={input}
            classNames={{ input: styles.code ?? '' }}
            autosize
            minRows={1}
            maxRows={8}
            spellCheck={false}
            autoComplete="off"
            value={text}
            placeholder={form === 'expression' ? 'JSONata, e.g. incident.name' : 'Text with {{ incident.name }}'}
            onKeyDown={onKeyDown}
            onBlur={() => combobox.closeDropdown()}
            onChange={(event) => {
              onChange(writeValue(form, event.currentTarget.value));
              offer(event.currentTarget.value, event.currentTarget.selectionEnd, false);
            }}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={isReadOnly || list.items.length === 0}>
          <Combobox.Options mah={240} className={styles.options ?? ''}>
            {list.items.map(({ label: name, detail }, index) => (
              <Combobox.Option key={name} value={String(index)}>
                <span className={styles.option}>
                  <span className={styles.api}>{name}</span>
                  <span className={styles.optionDetail}>{detail}</span>
                </span>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      <ValuePreviewLine value={value} isBad={isBad} />
      {isEditorOpen ? (
        <Suspense fallback={null}>
          <CodeDialog
            title={label}
            language={form === 'expression' ? 'jsonata' : 'jsonata-template'}
            text={text}
            isReadOnly={isReadOnly}
            scope={scope}
            onChange={(next) => onChange(writeValue(form, next))}
            onClose={() => {
              setEditorOpen(false);
              input.current?.focus();
            }}
            below={<ValuePreviewLine value={value} />}
          />
        </Suspense>
      ) : null}
    </>
  );
}
