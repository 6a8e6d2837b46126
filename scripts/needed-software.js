// @ts-check

/** ActiveMQ, and the Python client that the frame tests compare with. @type {import('./debian-software.js').DebianSoftware} */
export const activeMq = {
  name: 'ActiveMQ',
  packages: ['activemq', 'python3-stomp'],
  files: ['/usr/share/activemq/bin/activemq.jar', '/usr/bin/java', '/usr/bin/openssl', '/usr/lib/python3/dist-packages/stomp/__init__.py'],
};

/** A keystore on a bus of its own, and another program that reads and writes it. @type {import('./debian-software.js').DebianSoftware} */
export const gnomeKeyring = {
  name: 'gnome-keyring',
  packages: ['dbus-daemon', 'gnome-keyring', 'libsecret-tools'],
  files: ['/usr/bin/dbus-daemon', '/usr/bin/gnome-keyring-daemon', '/usr/bin/secret-tool'],
};

/** The browser of the stories. @type {import('./debian-software.js').DebianSoftware} */
export const chromium = {
  name: 'Chromium',
  packages: ['chromium'],
  files: ['/usr/bin/chromium'],
};
