import { Indicator, Tooltip } from '@mantine/core';
import { IconActivity, IconBiohazard, IconHelpCircle, IconPlugConnected, IconSitemap, IconUserScreen } from '@tabler/icons-react';
import { permissionsOfRole } from '@wirebook/api';
import type { ComponentType } from 'react';
import { Link, useLocation } from 'wouter';
import { AccountMenu } from './account-menu.tsx';
import styles from './rail.module.css';
import { useServices } from './services.tsx';
import { useEngine } from './use-engine.ts';

interface RailPage {
  readonly path: string;
  readonly name: string;
  readonly icon: ComponentType<{ size: number; stroke: number }>;
}

const poisonPath = '/poison';

const pages: readonly RailPage[] = [
  { path: '/flows', name: 'Flows', icon: IconSitemap },
  { path: '/runs', name: 'Runs', icon: IconActivity },
  { path: poisonPath, name: 'Poison tray', icon: IconBiohazard },
  { path: '/connections', name: 'Connections', icon: IconPlugConnected },
];
/** Beyond this the badge says that there are more. */
const mostShown = 99;
const consolePage: RailPage = { path: '/console', name: 'Simulated SOAR console', icon: IconUserScreen };

/** Navigation between pages, at the far left. */
export function Rail() {
  const { session } = useServices();
  const [location] = useLocation();
  const poisonCount = useEngine().data?.poison ?? 0;
  const mayUseConsole = session.user !== null && permissionsOfRole[session.user.role].includes('console.use');
  const shown = session.product.hasSimulator && mayUseConsole ? [...pages, consolePage] : pages;
  return (
    <nav aria-label="Pages" className={styles.rail}>
      <img src="/wirebook.svg" alt="Wirebook" width={26} height={26} className={styles.mark} />
      {shown.map(({ path, name, icon: Icon }) => {
        const isHere = location === path || location.startsWith(`${path}/`);
        const count = path === poisonPath ? poisonCount : 0;
        const label = count === 0 ? name : `${name}, ${count === 1 ? '1 message' : `${count} messages`}`;
        return (
          <Tooltip key={path} label={label} position="right" openDelay={100}>
            <Link href={path} aria-label={label} aria-current={isHere ? 'page' : undefined} className={styles.page}>
              <Indicator
                label={count > mostShown ? `${mostShown}+` : count}
                size={15}
                disabled={count === 0}
                classNames={{ indicator: styles.count ?? '' }}
              >
                <Icon size={20} stroke={1.75} />
              </Indicator>
            </Link>
          </Tooltip>
        );
      })}
      <div className={styles.spring} />
      <Tooltip label="Help" position="right" openDelay={100}>
        <Link href="/help" aria-label="Help" aria-current={location.startsWith('/help') ? 'page' : undefined} className={styles.page}>
          <IconHelpCircle size={20} stroke={1.75} />
        </Link>
      </Tooltip>
      <AccountMenu />
    </nav>
  );
}
