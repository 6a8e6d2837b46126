/** Shown in the editor; raised with each release. */
export const productVersion = '0.1.0';
