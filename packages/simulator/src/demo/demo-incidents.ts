import type { IncidentContent } from '../platform/content.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Five incidents of a small bank, dated back from `nowMs`. Addresses and names are of the kinds reserved for examples. */
export function demoIncidents(nowMs: number): readonly IncidentContent[] {
  return [
    {
      body: {
        name: 'False sign-in page sent to counter staff',
        discovered_date: nowMs - 2 * dayMs,
        description:
          '<div>Three tellers got a mail that asks them to <b>confirm their payroll account</b>. One entered her password.</div>',
        severity_code: 'Medium',
        incident_type_ids: ['Phishing'],
        nist_attack_vectors: ['E-mail'],
        reporter: 'Ingrid Solheim',
        city: 'Westhaven',
        properties: {
          branch_name: 'Westhaven Quay',
          affected_accounts: 1,
          members_informed: false,
          containment_stage: 'Isolated',
          affected_systems: ['Mail', 'Payroll'],
          next_review_date: nowMs + dayMs,
          analyst_summary: '<div>Password changed; mail removed from all boxes.</div>',
        },
      },
      tasks: [
        { name: 'Withdraw the mail from all boxes', phase_id: 'Respond', status: 'C' },
        {
          name: 'Change the passwords of the three tellers',
          phase_id: 'Respond',
          due_date: nowMs + dayMs,
          instructions: '<div>Ask each of them by telephone, and let them choose a new one at once.</div>',
        },
        { name: 'Have the false page taken down', phase_id: 'Respond', required: false },
      ],
      attachments: [
        {
          name: 'headers.txt',
          contentType: 'text/plain',
          text: 'From: Payroll <payroll@hr-notice.example.org>\nTo: counter-staff@example.com\nSubject: Confirm your payroll account\n',
        },
      ],
      milestones: [{ title: 'Mail withdrawn', date: nowMs - dayMs, description: 'No copy is left in any box.' }],
      notes: ['The mail gateway has let four copies through; all are withdrawn.', 'Teller 2 changed her password at 09:40.'],
      artifacts: [
        { type: 'URL', value: 'https://payroll-check.example.net/sign-in', description: 'Target of the button in the mail' },
        { type: 'IP Address', value: '198.51.100.23', description: 'Serves the false page' },
        { type: 'Email Sender', value: 'payroll@hr-notice.example.org', description: 'Sender shown to the reader' },
      ],
      rows: [
        {
          table: 'ticket_log',
          cells: {
            ticket: 'SD-40117',
            priority: 'High',
            queue_position: 1,
            teams: ['Mail'],
            is_open: true,
            opened_on: nowMs - 2 * dayMs + hourMs,
          },
        },
      ],
    },
    {
      body: {
        name: 'Encrypted files on a branch laptop',
        discovered_date: nowMs - 6 * dayMs,
        description: '<div>A loan adviser found her documents renamed and unreadable after she opened an invoice.</div>',
        severity_code: 'High',
        incident_type_ids: ['Malware', 'System Intrusion'],
        nist_attack_vectors: ['E-mail', 'Web'],
        reporter: 'Tomasz Wilk',
        properties: {
          branch_name: 'Mill Street',
          affected_accounts: 0,
          members_informed: false,
          containment_stage: 'Cleaned',
          affected_systems: ['Laptops'],
          next_review_date: nowMs + 3 * dayMs,
        },
      },
      tasks: [
        { name: 'Find out how the invoice came in', phase_id: 'Detect/Analyze' },
        { name: 'Restore the documents from the backup', phase_id: 'Respond', due_date: nowMs + 2 * dayMs },
      ],
      notes: ['Laptop taken off the network and imaged.', 'Backup of the evening before is complete; restore has begun.'],
      artifacts: [
        {
          type: 'Malware SHA-256 Hash',
          value: '5f2b6c1d9e0a47388bd1c6f3e27a905b4d8c7e61f0392ab5d4c3e2f1a0b98765',
          description: 'The opened invoice',
        },
        { type: 'Malware MD5 Hash', value: '9b1c2d3e4f5061728394a5b6c7d8e9f0', description: 'The file it dropped' },
        { type: 'IP Address', value: '203.0.113.77', description: 'Contacted every ten minutes' },
      ],
      rows: [
        {
          table: 'ticket_log',
          cells: { ticket: 'SD-40052', priority: 'Critical', queue_position: 1, teams: ['Network', 'Branches'], is_open: true },
        },
        { table: 'ticket_log', cells: { ticket: 'SD-40060', priority: 'Low', is_open: false } },
      ],
    },
    {
      body: {
        name: 'Card reader tampered with at the forecourt machine',
        discovered_date: nowMs - 9 * dayMs,
        description: '<div>The engineer found a second reading head behind the slot of the cash machine.</div>',
        severity_code: 'High',
        incident_type_ids: ['System Intrusion'],
        nist_attack_vectors: ['External/Removable Media'],
        crimestatus_id: 'Yes',
        properties: {
          branch_name: 'Northgate Forecourt',
          affected_accounts: 64,
          members_informed: true,
          containment_stage: 'Back in service',
          affected_systems: ['Card payments'],
          analyst_summary: '<div>64 cards are blocked and sent anew.</div>',
        },
      },
      notes: ['Reported to the police.'],
      artifacts: [
        { type: 'System Name', value: 'ATM-NG-02', description: 'The machine' },
        { type: 'IP Address', value: '192.0.2.140', description: 'Address of the machine' },
      ],
      rows: [],
    },
    {
      body: {
        name: 'Flood of requests against online banking',
        discovered_date: nowMs - 14 * dayMs,
        description: '<div>Sign-in took more than 20 seconds for half an hour.</div>',
        severity_code: 'Low',
        incident_type_ids: ['Denial of Service'],
        nist_attack_vectors: ['Attrition (Denial-of-Service and Brute-Force Attacks)'],
        properties: {
          branch_name: 'Head office',
          affected_accounts: 0,
          containment_stage: 'Not begun',
          affected_systems: ['Online banking'],
        },
      },
      notes: [],
      artifacts: [
        { type: 'IP Address', value: '198.51.100.201', description: 'Largest single source' },
        { type: 'URL', value: 'https://banking.example.com/session/new', description: 'Address that was requested' },
      ],
      rows: [],
    },
    {
      body: {
        name: 'Member statements posted to the wrong household',
        discovered_date: nowMs - 30 * dayMs,
        description: '<div>The printing house has swapped two bundles of envelopes.</div>',
        severity_code: 'Medium',
        incident_type_ids: ['Improper disposal: documents / files'],
        nist_attack_vectors: ['Other'],
        properties: { branch_name: 'Head office', affected_accounts: 212, members_informed: true, containment_stage: 'Cleaned' },
      },
      notes: ['All 212 members have been written to.'],
      artifacts: [
        {
          type: 'Malware SHA-1 Hash',
          value: '3c0d9a1b2e4f5768a9b0c1d2e3f405162738495a',
          description: 'Checksum of the print file, kept for comparison',
        },
        { type: 'URL', value: 'https://printers.example.org/jobs/88213', description: 'The print order' },
      ],
      rows: [],
    },
  ];
}
