import type { FlowNode, FlowProblem } from '@wirebook/flow';
import type { ConfigField } from '@wirebook/node-kit';
import { type FieldPath, parseFieldText } from './field-path.ts';

/** The message at its field, without the place that the form shows anyway: `Is missing.` */
export function describeAtField(problem: FlowProblem, node: FlowNode): string {
  return toSentence(splitPlace(problem, node).text.replace(writtenExpression, ''));
}

/** The message in a list, with the field as the form calls it: `Cases 2, When: is missing.` Without a schema as the config calls it. */
export function describeInList(problem: FlowProblem, node: FlowNode, schema: ConfigField | undefined): string {
  const { text, isOfField } = splitPlace(problem, node);
  if (!isOfField || problem.field === undefined) return toSentence(text);
  const name = schema === undefined ? problem.field : nameField(schema, parseFieldText(problem.field, node.config));
  return `${name}: ${toSentence(text, false)}`;
}

/** The message at the setting of the flow that it is about. */
export function describeAtSetting({ message }: FlowProblem): string {
  return toSentence(message.replace(settingPlace, '').replace(writtenExpression, ''));
}

const settingTitles: Readonly<Record<string, string>> = { orderBy: 'Keep order by' };

/** A problem of no node, in a list: a setting by its title. */
export function describeFlowProblem({ message }: FlowProblem): string {
  const setting = settingPlace.exec(message)?.[1];
  if (setting === undefined) return toSentence(message);
  return `${settingTitles[setting] ?? setting}: ${toSentence(message.replace(settingPlace, ''), false)}`;
}

const settingPlace = /^setting "([^"]*)": /;
/** It stands right above. */
const writtenExpression = /^(?:expression|template) "(?:[^"\\]|\\.)*"(?:, |: )/s;

/** The titles on the way to a field, rows by their number. */
export function nameField(schema: ConfigField, path: FieldPath): string {
  const words: string[] = [];
  let field: ConfigField | undefined = schema;
  for (const key of path) {
    const inner: ConfigField | undefined = typeof key === 'number' ? field?.items : findProperty(field, key);
    if (typeof key === 'number') words.push(`${words.pop() ?? ''} ${key + 1}`.trim());
    else words.push(inner?.title ?? key);
    field = inner;
  }
  return words.join(', ');
}

function findProperty(field: ConfigField | undefined, key: string): ConfigField | undefined {
  if (field?.properties !== undefined && Object.hasOwn(field.properties, key)) return field.properties[key];
  return undefined;
}

interface SplitText {
  readonly text: string;
  readonly isOfField: boolean;
}

function splitPlace(problem: FlowProblem, node: FlowNode): SplitText {
  let text = problem.message;
  for (const place of [`node "${node.id}" (${node.type}): `, `node "${node.name}" (${node.type}): `, `node "${node.name}": `]) {
    if (text.startsWith(place)) text = text.slice(place.length);
  }
  if (problem.field === undefined || problem.field === '') return { text, isOfField: false };
  const place = [`field "${problem.field}": `, `field "${problem.field}" `].find((start) => text.startsWith(start));
  return place === undefined ? { text, isOfField: false } : { text: text.slice(place.length), isOfField: true };
}

/** With a capital and a full stop. */
function toSentence(text: string, hasCapital = true): string {
  const sentence = hasCapital ? `${text.slice(0, 1).toUpperCase()}${text.slice(1)}` : text;
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}
