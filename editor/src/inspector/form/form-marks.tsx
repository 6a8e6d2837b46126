import type { ConfigField } from '@wirebook/node-kit';
import { createContext, useContext } from 'react';

/** The word beside a label; empty for most fields. */
export type FormMarks = (isRequired: boolean, depth: number) => string;

const FormMarksContext = createContext<FormMarks>(() => '');

export const FormMarksProvider = FormMarksContext.Provider;

export function useFormMarks(): FormMarks {
  return useContext(FormMarksContext);
}

/** The rarer of the two is marked: `required` where most fields may be left out, else `optional`. */
export function chooseMarks(schema: ConfigField): FormMarks {
  const total = Object.keys(schema.properties ?? {}).length;
  const required = schema.required?.length ?? 0;
  const isMostOptional = required * 2 <= total;
  return (isRequired, depth) => {
    // Inside a row the columns speak for themselves.
    if (depth > 1) return '';
    if (isRequired) return isMostOptional ? 'required' : '';
    return isMostOptional ? '' : 'optional';
  };
}
