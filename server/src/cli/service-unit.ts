import { WirebookError } from '@wirebook/errors';

export interface ServiceUnit {
  /** Of the unit and of its folder below /var/lib. */
  readonly name: string;
  readonly user: string;
  readonly workingDir: string;
  readonly nodePath: string;
  readonly programPath: string;
  /** Arguments of the program, without the data folder. */
  readonly args: readonly string[];
  /** Null: /var/lib/NAME, which systemd makes for the user. */
  readonly dataDir: string | null;
  /** Further folders that may be written to. */
  readonly writable: readonly string[];
}

/** First line of a unit that this program may overwrite. */
export const unitMark = '# Written by wirebook service install';
const namePattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/**
 * The text of a systemd unit: a user of its own, a restart after a failure that a restart can cure, and nothing writable but its data.
 *
 * @throws SERVER_SERVICE_INVALID when a value cannot stand in a unit.
 */
export function writeServiceUnit(unit: ServiceUnit): string {
  if (!namePattern.test(unit.name)) throw refuse(`the name "${unit.name}" of the service is not made of letters, digits, - and _`);
  if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(unit.user)) throw refuse(`"${unit.user}" is no name of a user`);
  const data = unit.dataDir ?? `/var/lib/${unit.name}`;
  const command = [unit.nodePath, unit.programPath, ...unit.args, '--data', data].map(quote).join(' ');
  const writable = [...(unit.dataDir === null ? [] : [unit.dataDir]), ...unit.writable];
  return `${unitMark}; install again to change it.
[Unit]
Description=Wirebook, flows on action messages of IBM SOAR
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=0

[Service]
Type=exec
User=${unit.user}
WorkingDirectory=${escapePath(unit.workingDir)}
ExecStart=${command}
# 2 to 4: command line, app.config or flow are wrong; a restart does not cure that.
Restart=on-failure
RestartSec=5
RestartPreventExitStatus=2 3 4
TimeoutStopSec=60
${unit.dataDir === null ? `StateDirectory=${unit.name}\nStateDirectoryMode=0700\n` : ''}${writable.map((path) => `ReadWritePaths=${quote(path)}\n`).join('')}UMask=0077
LimitNOFILE=65536
NoNewPrivileges=true
CapabilityBoundingSet=
ProtectSystem=strict
ProtectHome=read-only
PrivateTmp=true
PrivateDevices=true
ProtectClock=true
ProtectControlGroups=true
ProtectHostname=true
ProtectKernelLogs=true
ProtectKernelModules=true
ProtectKernelTunables=true
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=true
RestrictRealtime=true
RestrictSUIDSGID=true
LockPersonality=true
SystemCallArchitectures=native

[Install]
WantedBy=multi-user.target
`;
}

/** What systemd would read as a specifier or a variable is doubled. */
function quote(text: string): string {
  return `"${escapePath(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('$', '$$$$')}"`;
}

function escapePath(text: string): string {
  if (/\p{Cc}/u.test(text)) throw refuse('a path or an argument holds a line end or another control character');
  return text.replaceAll('%', '%%');
}

function refuse(text: string): WirebookError {
  return new WirebookError('SERVER_SERVICE_INVALID', text);
}
