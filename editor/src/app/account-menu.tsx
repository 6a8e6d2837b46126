import { ActionIcon, Menu, Tooltip, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconKey, IconLogout, IconMoon, IconSun, IconUser, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { PasswordDialog } from './password-dialog.tsx';
import { PeopleDialog } from './people-dialog.tsx';
import { useServices } from './services.tsx';

const schemes = [
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
  { value: 'auto', label: 'As the system', icon: IconDeviceDesktop },
] as const;

/** Who is signed in; theme, password, people, sign out. */
export function AccountMenu() {
  const { session, api } = useServices();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [dialog, setDialog] = useState<'password' | 'people' | null>(null);
  const { user } = session;
  if (user === null) return null;

  async function signOut(): Promise<void> {
    await api.call('signOut', {});
    window.location.assign('/');
  }

  return (
    <>
      <Menu position="right-end" width={220}>
        <Menu.Target>
          <Tooltip label={`${user.name} (${user.role})`} position="right">
            <ActionIcon size={36} aria-label={`Account of ${user.name}`}>
              <IconUser size={20} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {user.name}, {user.role}
          </Menu.Label>
          {schemes.map(({ value, label, icon: Icon }) => (
            <Menu.Item
              key={value}
              leftSection={<Icon size={16} stroke={1.75} />}
              rightSection={colorScheme === value ? <IconCheck size={16} stroke={1.75} aria-label="chosen" /> : null}
              onClick={() => setColorScheme(value)}
            >
              {label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconKey size={16} stroke={1.75} />} onClick={() => setDialog('password')}>
            {user.hasPassword ? 'Change password' : 'Set a password'}
          </Menu.Item>
          {user.role === 'owner' ? (
            <Menu.Item leftSection={<IconUsers size={16} stroke={1.75} />} onClick={() => setDialog('people')}>
              People
            </Menu.Item>
          ) : null}
          <Menu.Item leftSection={<IconLogout size={16} stroke={1.75} />} onClick={() => void signOut()}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'password' ? <PasswordDialog onClose={() => setDialog(null)} /> : null}
      {dialog === 'people' ? <PeopleDialog onClose={() => setDialog(null)} /> : null}
    </>
  );
}
