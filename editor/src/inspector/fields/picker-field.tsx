import { IconAlertTriangle } from '@tabler/icons-react';
import { describeFailure } from '../../transport/api-error.ts';
import type { PickerSource } from '../choose-widget.ts';
import { usePickerPlace } from '../node-form-context.tsx';
import { findOption, listPickerOptions } from '../picker-options.ts';
import { usePlatform } from '../use-platform.ts';
import styles from './field.module.css';
import { type FieldProps, showDefault } from './field-props.ts';
import { RefreshPlatformButton } from './refresh-platform-button.tsx';
import { SuggestInput } from './suggest-input.tsx';

/** Something of the platform by its API name, with its label; a name that the platform does not know is kept and marked. */
export function PickerField(props: FieldProps & { readonly source: PickerSource }) {
  const { value, field, source, isReadOnly } = props;
  const place = usePickerPlace();
  const answer = usePlatform();
  const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
  const options = listPickerOptions(source, answer.platform, place);
  return (
    <>
      <div className={styles.withButton}>
        <SuggestInput
          {...props}
          text={text}
          options={options ?? []}
          placeholder={showDefault(field.default) || 'Choose or type'}
          nothing={options === null ? describeMissing(source, answer) : 'Nothing fits; the name is taken as typed.'}
        />
        {source.kind === 'nodes' || source.kind === 'column' || isReadOnly || props.path.length > 1 ? null : <RefreshPlatformButton />}
      </div>
      <PickedNote text={text} options={options} error={answer.error} />
    </>
  );
}

interface PickedNoteProps {
  readonly text: string;
  readonly options: ReturnType<typeof listPickerOptions>;
  readonly error: unknown;
}

/** What the chosen name is called, or why that is not known. */
function PickedNote({ text, options, error }: PickedNoteProps) {
  if (options === null) {
    return error === null || error === undefined ? null : (
      <p className={styles.note} data-tone="warn">
        <IconAlertTriangle size={14} stroke={1.75} aria-hidden="true" />
        {describeFailure(error)}
      </p>
    );
  }
  if (text === '') return null;
  const option = findOption(options, text);
  if (option === undefined) {
    return (
      <p className={styles.note} data-tone="warn">
        <IconAlertTriangle size={14} stroke={1.75} aria-hidden="true" />
        Not known here: check the name, or ask the platform again.
      </p>
    );
  }
  const words = [option.label === text ? '' : option.label, option.detail].filter((word) => word !== '');
  return <p className={styles.note}>{words.join(' · ')}</p>;
}

export function describeMissing(source: PickerSource, answer: { readonly isLoading: boolean; readonly error: unknown }): string {
  if (answer.isLoading) return 'The platform is asked…';
  if (answer.error !== null && answer.error !== undefined) return describeFailure(answer.error);
  return source.kind === 'column' ? 'Choose a table first.' : 'The platform offers none.';
}
