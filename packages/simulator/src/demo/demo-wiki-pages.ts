import type { OrganisationContent } from '../platform/content.ts';

/** What the desk wrote down for itself. */
export const demoWikiPages: NonNullable<OrganisationContent['wikiPages']> = [
  {
    title: 'When a branch calls',
    text: '<p>Ask for the <b>branch</b> and a number to call back. Never ask for a password.</p>',
    children: [
      {
        title: 'Lost or stolen laptop',
        text: '<ol><li>Lock the device.</li><li>End its sessions.</li><li>Ask the branch manager for the serial number.</li></ol>',
      },
      {
        title: 'Mail that asks for money',
        text: '<ul><li>Keep the mail, do not forward it.</li><li>Block the sender.</li></ul><p>See <a href="https://mail.example.com/rules">the mail rules</a>.</p>',
      },
    ],
  },
  { title: 'Numbers to call', text: '<p>Service desk: 4100<br />Card fraud: 4200</p>' },
];
