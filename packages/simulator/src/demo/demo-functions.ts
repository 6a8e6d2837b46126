import type { FunctionContent, OrganisationContent, WorkflowContent } from '../platform/content.ts';
import type { FieldDraft } from '../platform/field.ts';

export const demoFunctionFields: readonly FieldDraft[] = [
  { name: 'model_id', text: 'Model id', inputType: 'text', required: 'always', tooltip: 'What to look up' },
  { name: 'report_title', text: 'Title', inputType: 'text', required: 'always' },
  { name: 'report_count', text: 'Count', inputType: 'number' },
  { name: 'report_urgent', text: 'Urgent', inputType: 'boolean' },
  { name: 'report_channel', text: 'Channel', inputType: 'select', options: ['Mail', 'Telephone', 'Counter'] },
  { name: 'report_tags', text: 'Tags', inputType: 'multiselect', options: ['Fraud', 'Malware', 'Card', 'Insider'] },
  { name: 'report_text', text: 'Text', inputType: 'textarea', richText: true },
  { name: 'report_day', text: 'Day', inputType: 'datepicker' },
  { name: 'report_moment', text: 'Moment', inputType: 'datetimepicker' },
];

export const demoFunctions: readonly FunctionContent[] = [
  {
    name: 'lookup_model_by_id',
    displayName: 'Lookup Model by ID',
    description: 'Finds what is known about a model, address or hash. Input: model_id. Output: the model as an object.',
    destination: 'fn_models',
    inputs: ['model_id'],
  },
  {
    name: 'triage_report',
    displayName: 'Triage Report',
    description: 'Sorts a report that came in. Takes one input of every kind.',
    destination: 'fn_models',
    inputs: demoFunctionFields.map((field) => field.name).filter((name) => name.startsWith('report_')),
  },
];

const lookUpArtifact = {
  function: 'lookup_model_by_id',
  inputs: { model_id: { from: 'artifact', field: 'value' } },
  writes: [{ to: 'note', heading: 'Model lookup', paths: ['content', ''] }],
} as const satisfies WorkflowContent['calls'][number];

export const demoWorkflows: readonly WorkflowContent[] = [
  { name: 'Lookup Model', programmaticName: 'lookup_model', objectType: 'artifact', calls: [lookUpArtifact] },
  {
    name: 'Lookup and Triage',
    programmaticName: 'lookup_and_triage',
    objectType: 'artifact',
    calls: [
      lookUpArtifact,
      {
        function: 'triage_report',
        inputs: {
          report_title: { from: 'incident', field: 'name' },
          report_text: { from: 'incident', field: 'description' },
          report_count: { from: 'incident', field: 'properties.affected_accounts' },
          report_channel: { from: 'literal', value: 'Mail' },
          report_moment: { from: 'incident', field: 'discovered_date' },
        },
        writes: [
          { to: 'field', field: 'properties.analyst_summary', paths: ['content.summary', 'summary'] },
          { to: 'row', table: 'ticket_log', cells: { ticket: ['content.ticket', 'ticket'], priority: ['content.priority', 'priority'] } },
        ],
      },
    ],
  },
];

export const demoPlaybooks: NonNullable<OrganisationContent['playbooks']> = [
  {
    name: 'model_check',
    displayName: 'Model Check',
    description: 'Looks up the model of an artifact.',
    objectType: 'artifact',
    calls: [lookUpArtifact],
  },
];
