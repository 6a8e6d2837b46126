import type { FieldDraft } from './field.ts';
import type { InputType } from './input-type.ts';

/** The platform's own incident fields, by the sub-object that holds them. Ids of select values are this server's own. */
export interface BuiltInField extends FieldDraft {
  readonly id: number;
  readonly prefix: string | null;
}

const incidentTypes = [
  [17, 'Communication error (fax; email)'],
  [22, 'Phishing'],
  [19, 'Malware'],
  [21, 'Denial of Service'],
  [25, 'Lost PDA / smartphone'],
  [26, 'System Intrusion'],
  [18, 'Improper disposal: documents / files'],
] as const;

const attackVectors = [
  [1, 'External/Removable Media'],
  [2, 'Attrition (Denial-of-Service and Brute-Force Attacks)'],
  [3, 'Web'],
  [4, 'E-mail'],
  [5, 'Impersonation'],
  [6, 'Improper Usage'],
  [7, 'Loss or Theft of Equipment'],
  [8, 'Other'],
] as const;

export const phases = [
  [1004, 'Initial'],
  [1003, 'Engage'],
  [1005, 'Detect/Analyze'],
  [1002, 'Respond'],
  [1000, 'Post-Incident'],
  [1001, 'Complete'],
] as const;

export const crimeStatuses = [
  [1, 'No'],
  [2, 'Yes'],
  [3, 'Yes - Freeze Tasks'],
  [4, 'Completed'],
  [5, 'Unknown'],
] as const;

export const harmStatuses = [
  [1, 'No'],
  [2, 'Unknown'],
  [3, 'Yes'],
] as const;

type Row = readonly [id: number, name: string, text: string, inputType: InputType, more?: Partial<FieldDraft>];

const topLevel: readonly Row[] = [
  [16, 'name', 'Name', 'text', { required: 'always', tooltip: 'A short name that tells this incident from the others' }],
  [23, 'discovered_date', 'Date Discovered', 'datetimepicker', { required: 'always', tooltip: 'When the incident was found or reported' }],
  [14, 'description', 'Description', 'textarea', { richText: true, tooltip: 'What happened, in free text' }],
  [
    10,
    'plan_status',
    'Status',
    'select',
    {
      options: [
        ['A', 'Active'],
        ['C', 'Closed'],
      ],
    },
  ],
  [
    33,
    'severity_code',
    'Severity',
    'select',
    {
      options: [
        [50, 'Low'],
        [51, 'Medium'],
        [52, 'High'],
      ],
      tooltip: 'How serious it looks',
    },
  ],
  [
    34,
    'resolution_id',
    'Resolution',
    'select',
    {
      required: 'close',
      options: [
        [53, 'Unresolved'],
        [54, 'Duplicate'],
        [55, 'Not an Issue'],
        [56, 'Resolved'],
      ],
    },
  ],
  [35, 'resolution_summary', 'Resolution Summary', 'textarea', { required: 'close', richText: true }],
  [15, 'incident_type_ids', 'Incident Type', 'multiselect', { options: incidentTypes }],
  [38, 'nist_attack_vectors', 'NIST Attack Vectors', 'multiselect', { options: attackVectors }],
  [31, 'crimestatus_id', 'Criminal Activity', 'select', { options: crimeStatuses }],
  [18, 'phase_id', 'Phase', 'select', { options: phases, readOnly: true }],
  [41, 'due_date', 'Next Due Date', 'datetimepicker', { readOnly: true }],
  [42, 'create_date', 'Date Created', 'datetimepicker', { readOnly: true }],
  [43, 'end_date', 'Date Closed', 'datetimepicker', { readOnly: true }],
  [24, 'start_date', 'Date Occurred', 'datetimepicker'],
  [44, 'inc_start', 'Date Determined', 'datetimepicker'],
  [13, 'confirmed', 'Incident Disposition', 'boolean'],
  [45, 'draft', 'Draft', 'boolean'],
  [46, 'inc_training', 'Simulation', 'boolean'],
  [47, 'owner_id', 'Owner', 'select_owner'],
  [48, 'creator_id', 'Created By', 'select_user', { readOnly: true }],
  [49, 'members', 'Members', 'multiselect_members'],
  [50, 'addr', 'Address', 'text'],
  [51, 'city', 'City', 'text'],
  [52, 'zip', 'Zip', 'text'],
  [53, 'state', 'State', 'text'],
  [54, 'country', 'Country', 'text'],
  [55, 'reporter', 'Reporting Individual', 'text'],
  [56, 'jurisdiction_name', 'Jurisdiction', 'text'],
  [57, 'employee_involved', 'Was an employee involved?', 'boolean'],
  [58, 'negative_pr_likely', 'Negative PR', 'boolean'],
  [
    59,
    'exposure_type_id',
    'Exposure Type',
    'select',
    {
      options: [
        [1, 'Unknown'],
        [2, 'External Party'],
        [3, 'Individual'],
      ],
    },
  ],
  [60, 'exposure_individual_name', 'Individual Name', 'text'],
  [61, 'exposure', 'Individuals Exposed', 'number'],
  [62, 'hard_liability', 'Hard Liability', 'number'],
];

const pii: readonly Row[] = [
  [3, 'data_compromised', 'Was personal information or data involved?', 'boolean'],
  [4, 'data_encrypted', 'Was the data encrypted?', 'boolean'],
  [5, 'data_contained', 'Was the exposure resolved?', 'boolean'],
  [
    6,
    'data_format',
    'Data Format',
    'select',
    {
      options: [
        [0, 'Electronic'],
        [1, 'Paper'],
        [2, 'Verbal'],
      ],
    },
  ],
  [27, 'harmstatus_id', 'Is harm or misuse foreseeable?', 'select', { options: harmStatuses }],
  [28, 'exposure', 'Individuals Exposed', 'number'],
];

const hipaa: readonly Row[] = [
  [70, 'hipaa_acquired', 'Acquired', 'boolean'],
  [71, 'hipaa_acquired_comment', 'Acquired: comment', 'text'],
  [72, 'hipaa_additional_misuse', 'Additional misuse', 'boolean'],
  [73, 'hipaa_additional_misuse_comment', 'Additional misuse: comment', 'text'],
  [74, 'hipaa_adverse', 'Adverse', 'boolean'],
  [75, 'hipaa_adverse_comment', 'Adverse: comment', 'text'],
  [76, 'hipaa_breach', 'Breach', 'boolean'],
  [77, 'hipaa_breach_comment', 'Breach: comment', 'text'],
  [78, 'hipaa_misused', 'Misused', 'boolean'],
  [79, 'hipaa_misused_comment', 'Misused: comment', 'text'],
];

function toBuiltIn(rows: readonly Row[], prefix: string | null): readonly BuiltInField[] {
  return rows.map(([id, name, text, inputType, more]) => ({ id, name, text, inputType, prefix, ...more }));
}

export const incidentFields: readonly BuiltInField[] = [
  ...toBuiltIn(topLevel, null),
  ...toBuiltIn(pii, 'pii'),
  ...toBuiltIn(hipaa, 'hipaa'),
];
