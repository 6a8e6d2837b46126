import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { startLeakCheck } from './leak-check.ts';

test('[K10] a server that stays open is named, and a closed one is not', async () => {
  const check = startLeakCheck();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  await expect(check.assertNothingLeft()).rejects.toThrow('left open: 1 TCPServerWrap');
  server.close();
  await once(server, 'close');
  await check.assertNothingLeft();
});
