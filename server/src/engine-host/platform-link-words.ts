import type { LinkState } from '@wirebook/api';
import type { EngineLog } from '@wirebook/engine';
import { getErrorEntry, isErrorCode } from '@wirebook/errors';
import type { ConnectionState } from '@wirebook/node-kit';

type OnLink = ((side: 'rest' | 'broker', link: Omit<LinkState, 'sinceMs'>) => void) | undefined;

/** What the client warns of while it logs in is why the platform is not reached. */
export function toLoginLog(log: EngineLog, onLink: OnLink): Pick<EngineLog, 'info' | 'warn'> {
  onLink?.('rest', { status: 'connecting', reason: null, code: null });
  return {
    info: (text) => log.info(text),
    warn: (text) => {
      log.warn(text);
      const code = /\b[A-Z]+(?:_[A-Z]+)+$/.exec(text)?.[0];
      if (code !== undefined && isErrorCode(code)) {
        onLink?.('rest', { status: 'connecting', reason: `${text}. ${getErrorEntry(code).hint}`, code });
      }
    },
  };
}

export function toLink({ status, reason, code }: ConnectionState): Omit<LinkState, 'sinceMs'> {
  if (status === 'connected') return { status: 'up', reason: null, code: null };
  const hint = code !== null && isErrorCode(code) ? ` ${getErrorEntry(code).hint}` : '';
  const words = reason === null ? null : `${reason.replace(/\.?$/, '.')}${hint}`;
  return { status: status === 'connecting' ? 'connecting' : 'down', reason: words, code };
}
