import { TagsInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { PickerSource } from '../choose-widget.ts';
import { usePickerPlace } from '../node-form-context.tsx';
import { findOption, listPickerOptions } from '../picker-options.ts';
import { usePlatform } from '../use-platform.ts';
import styles from './field.module.css';
import type { FieldProps } from './field-props.ts';
import { toInputProps } from './input-props.ts';
import { describeMissing } from './picker-field.tsx';
import { RefreshPlatformButton } from './refresh-platform-button.tsx';

/** Several names of the platform or of nodes; what is not offered can be typed, and is marked. */
export function PickersField(props: FieldProps & { readonly source: PickerSource }) {
  const { value, onChange, source, isReadOnly } = props;
  const place = usePickerPlace();
  const answer = usePlatform();
  const options = listPickerOptions(source, answer.platform, place);
  const chosen = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  const unknown = options === null ? [] : chosen.filter((name) => findOption(options, name) === undefined);
  return (
    <>
      <div className={styles.withButton}>
        <TagsInput
          {...toInputProps(props)}
          size="xs"
          value={chosen}
          onChange={onChange}
          data={(options ?? []).map((option) => option.value)}
          placeholder={chosen.length === 0 ? (options === null ? describeMissing(source, answer) : 'Choose or type') : ''}
          renderOption={({ option }) => {
            const found = options?.find((each) => each.value === option.value);
            return (
              <span className={styles.option}>
                <span className={styles.optionLabel}>{found?.label ?? option.value}</span>
                <span className={styles.optionDetail}>
                  {found === undefined || found.label === found.value ? '' : `${found.value} · `}
                  {found?.detail}
                </span>
              </span>
            );
          }}
        />
        {source.kind === 'nodes' || source.kind === 'column' || isReadOnly ? null : <RefreshPlatformButton />}
      </div>
      {unknown.length === 0 ? null : (
        <p className={styles.note} data-tone="warn">
          <IconAlertTriangle size={14} stroke={1.75} aria-hidden="true" />
          Not known here: {unknown.join(', ')}
        </p>
      )}
    </>
  );
}
