import type { OrganisationContent } from '../platform/content.ts';
import { demoFunctionFields, demoFunctions, demoPlaybooks, demoWorkflows } from './demo-functions.ts';
import { demoIncidents } from './demo-incidents.ts';
import { demoWikiPages } from './demo-wiki-pages.ts';

/** What the demonstration organisation contains. */
export function createDemoContent(nowMs: number): OrganisationContent {
  return {
    incidentFields: [
      { name: 'branch_name', text: 'Branch', inputType: 'text', tooltip: 'The branch that reported it' },
      { name: 'affected_accounts', text: 'Affected Accounts', inputType: 'number' },
      { name: 'members_informed', text: 'Members Informed', inputType: 'boolean' },
      {
        name: 'containment_stage',
        text: 'Containment Stage',
        inputType: 'select',
        options: ['Not begun', 'Isolated', 'Cleaned', 'Back in service'],
      },
      {
        name: 'affected_systems',
        text: 'Affected Systems',
        inputType: 'multiselect',
        options: ['Mail', 'Online banking', 'Card payments', 'Payroll', 'Laptops'],
      },
      { name: 'next_review_date', text: 'Next Review', inputType: 'datepicker' },
      { name: 'analyst_summary', text: 'Analyst Summary', inputType: 'textarea', richText: true },
      { name: 'next_task_owner', text: 'Next Task Owned by', inputType: 'text' },
      { name: 'ticket_number', text: 'Ticket Number', inputType: 'text', tooltip: 'Number of the ticket that the service desk opened' },
    ],
    activityFields: [
      {
        name: 'ticket_priority',
        text: 'Ticket Priority',
        inputType: 'select',
        required: 'always',
        options: ['Low', 'Medium', 'High', 'Critical'],
      },
      { name: 'ticket_comment', text: 'Comment for the Desk', inputType: 'textarea' },
    ],
    functionFields: demoFunctionFields,
    tables: [
      {
        name: 'ticket_log',
        displayName: 'Ticket Log',
        columns: [
          { name: 'ticket', text: 'Ticket', inputType: 'text', required: 'always' },
          { name: 'opened_on', text: 'Opened', inputType: 'datetimepicker' },
          { name: 'priority', text: 'Priority', inputType: 'select', options: ['Low', 'Medium', 'High', 'Critical'] },
          { name: 'queue_position', text: 'Queue Position', inputType: 'number' },
          { name: 'teams', text: 'Teams', inputType: 'multiselect', options: ['Network', 'Mail', 'Cards', 'Branches'] },
          { name: 'is_open', text: 'Open', inputType: 'boolean' },
        ],
      },
    ],
    destinations: [
      { name: 'Model Functions', programmaticName: 'fn_models', expectAck: true },
      { name: 'Ticket Desk', programmaticName: 'ticket_desk', expectAck: true },
      { name: 'Incident Changes', programmaticName: 'incident_changes', expectAck: true },
      { name: 'Task Changes', programmaticName: 'task_changes', expectAck: true },
      { name: 'Branch Pager', programmaticName: 'branch_pager', expectAck: false },
    ],
    functions: demoFunctions,
    workflows: demoWorkflows,
    rules: [
      { name: 'Lookup Model', kind: 'menu', objectType: 'artifact', workflows: ['lookup_model'] },
      {
        name: 'Create Ticket',
        kind: 'menu',
        objectType: 'incident',
        destinations: ['ticket_desk'],
        form: [{ heading: 'Opens a ticket at the service desk.' }, { field: 'ticket_priority' }, { field: 'ticket_comment' }],
      },
      { name: 'Page the Branch', kind: 'menu', objectType: 'incident', destinations: ['branch_pager'] },
      { name: 'Lookup and Triage', kind: 'menu', objectType: 'artifact', workflows: ['lookup_and_triage'] },
      { name: 'Incident Changed', kind: 'automatic', objectType: 'incident', destinations: ['incident_changes'] },
      { name: 'Task Changed', kind: 'automatic', objectType: 'task', destinations: ['task_changes'] },
      { name: 'Ask about the Task', kind: 'menu', objectType: 'task', destinations: ['ticket_desk'] },
      { name: 'Send to the Desk', kind: 'menu', objectType: 'attachment', destinations: ['ticket_desk'] },
      { name: 'Announce the Milestone', kind: 'menu', objectType: 'milestone', destinations: ['ticket_desk'] },
    ],
    scripts: [
      {
        name: 'Note the Branch',
        programmaticName: 'note_the_branch',
        description: 'Writes the branch of an incident into a note.',
        objectType: 'incident',
        text: 'incident.addNote("Branch: {}".format(incident.properties.branch_name))',
      },
    ],
    playbooks: demoPlaybooks,
    incidents: demoIncidents(nowMs),
    groups: [{ name: 'Fraud Desk', members: ['analyst@harbour.example'] }],
    wikiPages: demoWikiPages,
  };
}
