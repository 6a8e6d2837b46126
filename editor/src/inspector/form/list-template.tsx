import { Button } from '@mantine/core';
import type { ArrayFieldTemplateProps } from '@rjsf/utils';
import { IconPlus } from '@tabler/icons-react';
import { toFieldText } from '../field-path.ts';
import styles from './form.module.css';
import { useFormMarks } from './form-marks.tsx';
import { nameOne } from './name-one.ts';

/** A list with its title, its rows and a button for the next. */
export function ListTemplate({
  title,
  schema,
  fieldPathId,
  items,
  canAdd,
  onAddClick,
  readonly,
  required,
  rawErrors,
}: ArrayFieldTemplateProps) {
  const labelId = `${fieldPathId.$id}-label`;
  const mark = useFormMarks()(required === true, fieldPathId.path.length);
  return (
    <fieldset aria-labelledby={labelId} className={styles.list} data-field={toFieldText(fieldPathId.path)}>
      <span className={styles.heading}>
        <span id={labelId} className={styles.label}>
          {title}
        </span>
        {mark === '' ? null : <span className={styles.mark}>{mark}</span>}
        <span className={styles.mark}>{items.length === 0 ? 'none' : items.length}</span>
      </span>
      {schema.description === undefined ? null : <p className={styles.help}>{schema.description}</p>}
      {listRowHelp(schema.items).map(({ title: column, description }) => (
        <p key={column} className={styles.help}>
          {column}: {description}
        </p>
      ))}
      {items}
      {rawErrors?.map((error) => (
        <p key={error} className={styles.error}>
          {error}
        </p>
      ))}
      {canAdd === true && readonly !== true ? (
        <Button
          variant="subtle"
          className={styles.add ?? ''}
          leftSection={<IconPlus size={14} stroke={1.75} />}
          onClick={(event) => onAddClick(event)}
        >
          Add {nameOne(title)}
        </Button>
      ) : null}
    </fieldset>
  );
}

/** The help of the fields of a row is told once, above the rows. */
function listRowHelp(items: ArrayFieldTemplateProps['schema']['items']): { title: string; description: string }[] {
  if (typeof items !== 'object' || Array.isArray(items)) return [];
  return Object.entries(items.properties ?? {}).flatMap(([key, field]) =>
    typeof field === 'object' && field.description !== undefined ? [{ title: field.title ?? key, description: field.description }] : [],
  );
}
