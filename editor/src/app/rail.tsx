import { IconActivity, IconPlugConnected, IconSitemap, IconUserScreen } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useServices } from './services.tsx';

/** Navigation between pages, at the far left. */
export function Rail() {
  const { session } = useServices();
  return (
    <nav aria-label="Pages">
      <Link href="/flows" aria-label="Flows">
        <IconSitemap size={20} stroke={1.75} />
      </Link>
      <Link href="/runs" aria-label="Runs">
        <IconActivity size={20} stroke={1.75} />
      </Link>
      <Link href="/connections" aria-label="Connections">
        <IconPlugConnected size={20} stroke={1.75} />
      </Link>
      {session.product.hasSimulator ? (
        <Link href="/console" aria-label="Console">
          <IconUserScreen size={20} stroke={1.75} />
        </Link>
      ) : null}
    </nav>
  );
}
