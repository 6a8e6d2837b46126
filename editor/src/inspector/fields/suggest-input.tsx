import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { filterOptions, type PickerOption } from '../picker-options.ts';
import styles from './field.module.css';
import type { FieldProps } from './field-props.ts';
import { toInputProps } from './input-props.ts';

interface SuggestInputProps extends FieldProps {
  readonly text: string;
  readonly options: readonly PickerOption[];
  readonly placeholder: string;
  /** What the list says while nothing fits. */
  readonly nothing: string;
}

const maxShown = 200;

/** A text field with a list to choose from; what is in no list can be typed. */
export function SuggestInput(props: SuggestInputProps) {
  const { text, options, placeholder, nothing, onChange, isReadOnly } = props;
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const fitting = filterOptions(options, text).slice(0, maxShown);
  const take = (value: string) => onChange(value === '' ? undefined : value);

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(value) => {
        take(value);
        combobox.closeDropdown();
      }}
      size="xs"
      shadow="md"
      withinPortal
    >
      <Combobox.Target>
        <TextInput
          {...toInputProps(props)}
          value={text}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            take(event.currentTarget.value);
            combobox.openDropdown();
            combobox.resetSelectedOption();
          }}
          onClick={() => (isReadOnly ? undefined : combobox.openDropdown())}
          onFocus={() => (isReadOnly ? undefined : combobox.openDropdown())}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={isReadOnly}>
        <Combobox.Options mah={260} className={styles.options ?? ''}>
          {fitting.length === 0 ? (
            <Combobox.Empty>{nothing}</Combobox.Empty>
          ) : (
            fitting.map(({ value, label, detail }) => (
              <Combobox.Option key={value} value={value} active={value === text}>
                <span className={styles.option}>
                  <span className={styles.optionLabel}>{label}</span>
                  <span className={styles.optionDetail}>
                    {value === label ? null : <span className={styles.api}>{value}</span>}
                    {value !== label && detail !== '' ? ' · ' : ''}
                    {detail}
                  </span>
                </span>
              </Combobox.Option>
            ))
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
