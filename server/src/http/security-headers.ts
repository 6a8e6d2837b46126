import type { IncomingMessage } from 'node:http';
import helmet from 'helmet';
import type { ServerAddress } from './server-address.ts';

/** Headers that keep a page from running, framing or sending what is not ours. */
export function createSecurityHeaders(address: ServerAddress): ReturnType<typeof helmet> {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Monaco writes styles into the page.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        // Not every browser takes 'self' for a socket. The host was checked before.
        connectSrc: ["'self'", (request: IncomingMessage) => `${address.isHttps ? 'wss' : 'ws'}://${request.headers.host ?? ''}`],
        workerSrc: ["'self'"],
        frameSrc: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
      },
    },
    strictTransportSecurity: address.isHttps,
    // Browsers complain of these where the address is neither https nor of this machine.
    crossOriginOpenerPolicy: address.isHttps,
    originAgentCluster: address.isHttps,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
}
