/** What a request needs. `public` needs no session; `signed-in` needs one and nothing more. */
export const permissions = [
  'public',
  'signed-in',
  'flow.read',
  'flow.write',
  'flow.deploy',
  'run.read',
  'run.execute',
  'connection.read',
  'connection.test',
  'console.use',
  'poison.read',
  'poison.operate',
  'user.manage',
] as const;
export type Permission = (typeof permissions)[number];

export const roles = ['owner', 'editor', 'viewer'] as const;
export type Role = (typeof roles)[number];

const viewer: readonly Permission[] = ['signed-in', 'flow.read', 'run.read', 'connection.read', 'poison.read'];
const editor: readonly Permission[] = [
  ...viewer,
  'flow.write',
  'flow.deploy',
  'run.execute',
  'connection.test',
  'console.use',
  'poison.operate',
];
const owner: readonly Permission[] = [...editor, 'user.manage'];

/** What people of a role may do; a permission that is not listed is denied. */
export const permissionsOfRole: Readonly<Record<Role, readonly Permission[]>> = { owner, editor, viewer };
