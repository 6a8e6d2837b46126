import type { ConfigField } from '@wirebook/node-kit';
import { useState } from 'react';
import { chooseWidget } from '../choose-widget.ts';
import { collectErrors } from '../extra-errors.ts';
import type { FieldPath } from '../field-path.ts';
import { type FormTexts, formOf, readEqualsSign, switchForm, type ValueForm, writeValue } from '../value-form.ts';
import { EnvironmentField } from './environment-field.tsx';
import { ExpressionField } from './expression-field.tsx';
import { FieldFrame, nameParts } from './field-frame.tsx';
import type { FieldProps } from './field-props.ts';
import { FormSwitch } from './form-switch.tsx';
import { KeyValueField } from './key-value-field.tsx';
import { LiteralField } from './literal-field.tsx';
import { SecretField } from './secret-field.tsx';

interface ConfigValueProps {
  readonly id: string;
  readonly path: FieldPath;
  readonly field: ConfigField;
  /** Null: something else names the field. */
  readonly label: string | null;
  readonly ariaLabel?: string;
  /** `optional` or `required`, where that is worth a word. */
  readonly mark: string;
  readonly value: unknown;
  readonly errorTree: unknown;
  readonly isReadOnly: boolean;
  readonly onChange: (value: unknown) => void;
}

const switchWidth = 36;

/** One value of a config: its widget, and where the schema allows it the switch between literal, expression and the like. */
export function ConfigValue({ id, path, field, label, ariaLabel, mark, value, errorTree, isReadOnly, onChange }: ConfigValueProps) {
  const [texts, setTexts] = useState<FormTexts>({});
  const [isFocusWanted, setFocusWanted] = useState(false);
  const errors = collectErrors(errorTree);
  const words = nameParts(id, field, errors);
  const name = label ?? ariaLabel ?? '';
  const widget = chooseWidget(field);
  // A condition is nearly always computed, so it begins as an expression.
  const form = value === undefined && widget.kind === 'condition' && !('literal' in texts) ? 'expression' : formOf(value);
  const hasSwitch = field['x-expression'] === true;

  function setForm(target: ValueForm): void {
    const next = switchForm(value, texts, target);
    setTexts(next.texts);
    setFocusWanted(true);
    onChange(next.value);
  }
  function takeLiteral(next: unknown): void {
    const expression = hasSwitch && typeof next === 'string' ? readEqualsSign(value, next) : undefined;
    if (expression === undefined) {
      onChange(next);
      return;
    }
    setTexts({ ...texts, literal: undefined });
    setFocusWanted(true);
    onChange(writeValue('expression', expression));
  }

  const shared: FieldProps = {
    id,
    path,
    field,
    value,
    isReadOnly,
    isBad: errors.length > 0,
    onChange,
    ...(ariaLabel === undefined ? {} : { ariaLabel }),
    ...(hasSwitch
      ? { tools: <FormSwitch form={form} label={name} isReadOnly={isReadOnly} onForm={setForm} />, toolsWidth: switchWidth }
      : {}),
  };
  const isGroup = form === 'literal' && (widget.kind === 'texts' || widget.kind === 'key-value' || widget.kind === 'code');

  return (
    <FieldFrame words={words} path={path} field={field} label={label} mark={mark} errors={errors} isGroup={isGroup}>
      {form === 'expression' || form === 'template' ? (
        <ExpressionField {...shared} form={form} label={name} isFocusWanted={isFocusWanted} />
      ) : form === 'secret' ? (
        <SecretField {...shared} />
      ) : form === 'environment' ? (
        <EnvironmentField {...shared} />
      ) : widget.kind === 'key-value' ? (
        <KeyValueField
          {...shared}
          label={name}
          errorTree={errorTree}
          renderValue={(pair) => <ConfigValue {...pair} label={null} mark="" isReadOnly={isReadOnly} />}
        />
      ) : (
        <LiteralField {...shared} widget={widget} label={name} onChange={takeLiteral} />
      )}
    </FieldFrame>
  );
}
