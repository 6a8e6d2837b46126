/** Artifact types of the platform: id and name. */
export const artifactTypes: readonly (readonly [number, string])[] = [
  [1, 'IP Address'],
  [2, 'DNS Name'],
  [3, 'URL'],
  [4, 'RFC 822 Email Message File'],
  [5, 'Email Subject'],
  [6, 'Email Body'],
  [7, 'Email Attachment'],
  [8, 'Email Attachment Name'],
  [9, 'Email Sender'],
  [12, 'Malware Sample'],
  [13, 'Malware MD5 Hash'],
  [14, 'Malware SHA-1 Hash'],
  [15, 'Log File'],
  [16, 'Other File'],
  [19, 'Email Sender Name'],
  [20, 'Email Recipient'],
  [22, 'Malware Sample Fuzzy Hash'],
  [23, 'User Account'],
  [24, 'Registry Key'],
  [25, 'System Name'],
  [26, 'Process Name'],
  [27, 'Port'],
  [28, 'Service'],
  [29, 'String'],
  [30, 'Mutex'],
  [31, 'File Name'],
  [32, 'Password'],
  [34, 'HTTP Request Header'],
  [35, 'HTTP Response Header'],
  [36, 'X509 Certificate File'],
  [37, 'File Path'],
  [38, 'Malware SHA-256 Hash'],
  [39, 'MAC Address'],
  [40, 'URL Referer'],
  [41, 'User Agent'],
  [42, 'URI Path'],
  [43, 'Threat CVE ID'],
  [44, 'Network CIDR Range'],
  [45, 'Malware Family/Variant'],
  [46, 'Observed Data'],
  [47, 'Network Traffic'],
  [48, 'Malware SHA-512 Hash'],
];

const oneLineTypes = new Set([1, 2, 3, 9, 13, 14, 20, 23, 25, 27, 31, 37, 38, 39, 43, 44, 48]);

/** Whether a value of several lines means several artifacts of this type. */
export function isMultiValueType(typeId: number): boolean {
  return oneLineTypes.has(typeId);
}
