import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Protects nothing: the key store lies in a folder that only the test's user may read. */
export const keyStorePassword = 'wirebook';

/** Files of a private authority and of the broker's certificate that it signed. */
export interface BrokerCertificate {
  readonly caFile: string;
  /** PKCS 12, which the Java process reads directly. */
  readonly keyStoreFile: string;
}

/**
 * Makes an authority and a certificate for localhost and 127.0.0.1 in the folder given.
 *
 * @throws Error with the output of openssl when it refuses.
 */
export async function createBrokerCertificate(folder: string, opensslPath: string): Promise<BrokerCertificate> {
  const openssl = (command: string, ...subject: string[]) => run(opensslPath, [...command.split(' '), ...subject], { cwd: folder });
  const newKey = '-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes';
  await writeFile(
    join(folder, 'broker.ext'),
    'subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n',
  );
  await openssl(`req -x509 ${newKey} -days 30 -keyout ca.key -out ca.pem -subj`, '/CN=Wirebook integration CA');
  await openssl(`req ${newKey} -keyout broker.key -out broker.csr -subj`, '/CN=localhost');
  await openssl('x509 -req -in broker.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -sha256 -extfile broker.ext -out broker.pem');
  await openssl(
    'pkcs12 -export -inkey broker.key -in broker.pem -certfile ca.pem -name broker -out broker.p12 -passout',
    `pass:${keyStorePassword}`,
  );
  return { caFile: join(folder, 'ca.pem'), keyStoreFile: join(folder, 'broker.p12') };
}
