import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconArrowNarrowRight,
  IconChecks,
  IconCircleDashed,
  IconDatabase,
  IconHelp,
  IconInbox,
  type IconProps,
  IconSend,
} from '@tabler/icons-react';
import { type CustodyStation, describeCustody, type RunView } from '@wirebook/trace';
import { type ComponentType, useId, useState } from 'react';
import { useServices } from '../app/services.tsx';
import { formatTime, formatTimeOfDay } from '../app/time-text.tsx';
import styles from './run-custody-line.module.css';

interface StationWords {
  readonly word: string;
  readonly unreached: string;
  readonly icon: ComponentType<IconProps>;
}

const stationWords: Readonly<Record<CustodyStation['name'], StationWords>> = {
  delivered: { word: 'Delivered', unreached: 'Not delivered', icon: IconInbox },
  'taken-over': { word: 'Taken over', unreached: 'Not taken over', icon: IconDatabase },
  completed: { word: 'Completed', unreached: 'Not completed', icon: IconSend },
  settled: { word: 'Settled', unreached: 'Not settled', icon: IconChecks },
};

/** The message of a run on its way from the broker until it is settled, and on request what an end of the engine now would lead to. */
export function RunCustodyLine({ view }: { readonly view: RunView }) {
  const [isAsked, setAsked] = useState(false);
  const answerId = useId();
  const { stations, ifKilledNow } = describeCustody(view);
  return (
    <div className={styles.custody}>
      <div className={styles.line}>
        <ol className={styles.stations} aria-label="The message of this run">
          {stations.map((station, index) => (
            <Station key={station.name} station={station} isFirst={index === 0} />
          ))}
        </ol>
        <Tooltip label="What if the engine ended now?">
          <ActionIcon
            size={22}
            aria-label="What if the engine ended now?"
            aria-expanded={isAsked}
            aria-controls={answerId}
            onClick={() => setAsked(!isAsked)}
          >
            <IconHelp size={16} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </div>
      <p id={answerId} className={styles.answer} hidden={!isAsked}>
        <strong>If the engine ended now:</strong> {ifKilledNow}
      </p>
    </div>
  );
}

function Station({ station, isFirst }: { readonly station: CustodyStation; readonly isFirst: boolean }) {
  const { session } = useServices();
  const { name, atMs, isReached } = station;
  const { word, unreached, icon } = stationWords[name];
  const Icon = isReached ? icon : IconCircleDashed;
  const zone = session.product.timeZone;
  return (
    <li className={styles.station} data-reached={isReached}>
      {isFirst ? null : <IconArrowNarrowRight size={14} stroke={1.75} className={styles.arrow} aria-hidden />}
      <Icon size={16} stroke={1.75} className={styles.icon} aria-hidden />
      <span>{isReached ? word : unreached}</span>
      {atMs === null ? null : (
        <Tooltip label={formatTime(atMs, zone)}>
          <time className={styles.time} dateTime={new Date(atMs).toISOString()}>
            {formatTimeOfDay(atMs, zone)}
          </time>
        </Tooltip>
      )}
    </li>
  );
}
