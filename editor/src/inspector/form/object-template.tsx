import type { ObjectFieldTemplateProps } from '@rjsf/utils';
import type { ConfigField } from '@wirebook/node-kit';
import { collectErrors } from '../extra-errors.ts';
import { ConfigGroup } from './config-group.tsx';
import { isShown } from './field-visibility.ts';
import styles from './form.module.css';
import { groupFields } from './group-fields.ts';
import { summariseGroup } from './group-summary.ts';

/** The fields of an object below each other, without a box; those that do not matter now are left out, groups are folded. */
export function ObjectTemplate({ properties, schema, formData, errorSchema }: ObjectFieldTemplateProps) {
  const fields = toProperties(schema);
  const values: Readonly<Record<string, unknown>> = formData ?? {};
  const hasErrors = (name: string) => collectErrors(errorSchema?.[name]).length > 0;
  const contents = new Map(properties.map(({ name, content }) => [name, content]));
  const shown = [...contents.keys()].filter((name) => isShown(fields[name], fields, values) || hasErrors(name));
  return (
    <div className={styles.fields}>
      {groupFields(fields, shown).map(({ title, names }) =>
        title === null ? (
          names.map((name) => contents.get(name))
        ) : (
          <ConfigGroup
            key={title}
            title={title}
            summary={summariseGroup(names.map((name) => ({ name, field: fields[name] ?? {}, value: values[name] })))}
            isBad={names.some(hasErrors)}
          >
            {names.map((name) => contents.get(name))}
          </ConfigGroup>
        ),
      )}
    </div>
  );
}

/** The library's schemas are ours: the form was given the config schema of the node type. */
function toProperties(schema: ObjectFieldTemplateProps['schema']): NonNullable<ConfigField['properties']> {
  return (schema as ConfigField).properties ?? {};
}
