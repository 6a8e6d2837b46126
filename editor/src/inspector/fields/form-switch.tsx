import { Menu, Tooltip, UnstyledButton } from '@mantine/core';
import { type Icon, IconBraces, IconChevronDown, IconCode, IconKey, IconLetterT, IconTerminal2 } from '@tabler/icons-react';
import { type ValueForm, valueForms } from '../value-form.ts';
import styles from './form-switch.module.css';

const looks: Readonly<Record<ValueForm, { readonly name: string; readonly what: string; readonly icon: Icon }>> = {
  literal: { name: 'Literal', what: 'the value itself', icon: IconLetterT },
  expression: { name: 'Expression', what: 'computed from the message', icon: IconCode },
  template: { name: 'Template', what: 'text with {{ expressions }}', icon: IconBraces },
  secret: { name: 'Secret', what: 'kept in app.config or keystore', icon: IconKey },
  environment: { name: 'Environment', what: 'a variable of the server', icon: IconTerminal2 },
};

interface FormSwitchProps {
  readonly form: ValueForm;
  readonly label: string;
  readonly isReadOnly: boolean;
  readonly onForm: (form: ValueForm) => void;
}

/** The small button at the right edge of a field that tells how it is filled in, and changes that. */
export function FormSwitch({ form, label, isReadOnly, onForm }: FormSwitchProps) {
  const { icon: Shown, name } = looks[form];
  return (
    <Menu position="bottom-end" width={248} withinPortal>
      <Tooltip label={name}>
        <Menu.Target>
          <UnstyledButton className={styles.button} disabled={isReadOnly} aria-label={`${label}: ${name}`} data-form={form}>
            <Shown size={14} stroke={1.75} aria-hidden="true" />
            <IconChevronDown size={10} stroke={2} aria-hidden="true" />
          </UnstyledButton>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        {valueForms.map((each) => {
          const { icon: Each, name: eachName, what } = looks[each];
          return (
            <Menu.Item
              key={each}
              leftSection={<Each size={16} stroke={1.75} />}
              aria-current={each === form}
              className={styles.item ?? ''}
              onClick={() => onForm(each)}
            >
              {eachName}
              <span className={styles.what}>{what}</span>
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
