import type { JsonObject, JsonValue } from '../json-value.ts';
import { functionTypeName } from '../platform/object-type.ts';
import { getType, type Organisation } from '../platform/organisation.ts';
import type { InputSource, PostWrite, WorkflowCall } from '../platform/rule.ts';

/** The calls of a workflow or playbook, and how its process is called. */
export interface ProcessParts {
  readonly id: string;
  readonly name: string;
  readonly calls: readonly WorkflowCall[];
}

const namespaces = [
  'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"',
  'xmlns:resilient="http://resilient.ibm.com/bpmn"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  'targetNamespace="http://www.camunda.org/test"',
].join(' ');

/** BPMN: a start, one service task a call in their order, an end, and the flows between them. */
export function toProcessXml(org: Organisation, { id, name, calls }: ProcessParts): string {
  const tasks = calls.map((call, index) => toServiceTask(org, call, index));
  const stops = ['StartEvent_1', ...calls.map((_call, index) => taskId(index)), 'EndEvent_1'];
  const flows = stops
    .slice(1)
    .map((target, index) => `<sequenceFlow id="${flowId(index)}" sourceRef="${stops[index]}" targetRef="${target}"/>`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<definitions ${namespaces}>`,
    `<process id="${escapeXml(id)}" isExecutable="true" name="${escapeXml(name)}">`,
    `<startEvent id="StartEvent_1"><outgoing>${flowId(0)}</outgoing></startEvent>`,
    ...tasks,
    `<endEvent id="EndEvent_1"><incoming>${flowId(calls.length)}</incoming></endEvent>`,
    ...flows,
    '</process>',
    '</definitions>',
  ].join('');
}

function toServiceTask(org: Organisation, call: WorkflowCall, index: number): string {
  const definition = org.functions.get(call.functionId);
  const fields = [...getType(org, functionTypeName).fields.values()];
  const inputs: JsonObject = {};
  const assignments: string[] = [];
  for (const [name, source] of Object.entries(call.inputs)) {
    const field = fields.find((candidate) => candidate.name === name);
    if (field === undefined) continue;
    if (source.from === 'literal') inputs[field.uuid] = toStaticInput(field.inputType, source.value);
    else assignments.push(`inputs.${name} = ${toScriptPath(source)}`);
  }
  const settings: JsonObject = {
    inputs,
    pre_processing_script: assignments.length === 0 ? null : assignments.join('\n'),
    pre_processing_script_language: 'python3',
    post_processing_script: call.writes.length === 0 ? null : call.writes.flatMap(toScriptLines).join('\n'),
    post_processing_script_language: 'python3',
    result_name: definition?.name ?? null,
  };
  return [
    `<serviceTask id="${taskId(index)}" name="${escapeXml(definition?.displayName ?? '')}" resilient:type="function"><extensionElements>`,
    `<resilient:function uuid="${definition?.uuid ?? ''}">${escapeXml(JSON.stringify(settings))}</resilient:function></extensionElements>`,
    `<incoming>${flowId(index)}</incoming><outgoing>${flowId(index + 1)}</outgoing></serviceTask>`,
  ].join('');
}

function toStaticInput(inputType: string, value: JsonValue): JsonObject {
  const keys: Readonly<Record<string, string>> = {
    boolean: 'boolean_value',
    number: 'number_value',
    select: 'select_value',
    datepicker: 'date_value',
    datetimepicker: 'date_value',
    textarea: 'text_content_value',
  };
  const isList = Array.isArray(value);
  const shown = inputType === 'textarea' ? { format: 'text', content: value } : value;
  return {
    input_type: 'static',
    static_input: { multiselect_value: isList ? value : [], ...(isList ? {} : { [keys[inputType] ?? 'text_value']: shown }) },
  };
}

function toScriptPath(source: Exclude<InputSource, { readonly from: 'literal' }>): string {
  return source.from === 'activity' ? `rule.properties.${source.field}` : `${source.from}.${source.field}`;
}

function toScriptLines(write: PostWrite): string[] {
  const resultOf = (paths: readonly string[]) => (paths[0] === undefined || paths[0] === '' ? 'results' : `results.${paths[0]}`);
  if (write.to === 'note') return [`incident.addNote("${write.heading}: {}".format(${resultOf(write.paths)}))`];
  if (write.to === 'field') return [`incident.${write.field} = ${resultOf(write.paths)}`];
  return [
    `row = incident.addRow("${write.table}")`,
    ...Object.entries(write.cells).map(([name, paths]) => `row.${name} = ${resultOf(paths)}`),
  ];
}

function taskId(index: number): string {
  return `ServiceTask_${index + 1}`;
}

function flowId(index: number): string {
  return `SequenceFlow_${index + 1}`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
