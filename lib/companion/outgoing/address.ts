import ipaddr from 'ipaddr.js';

/** A host as it is compared: lower case, without brackets and without the final dot. */
export const plainHost = (host: string): string => host.toLowerCase().replace(/^\[|\]$/g, '').replace(/\.$/, '');

/**
 * Whether an address belongs to the open internet. Everything else is refused: this machine, private and link-local
 * networks (cloud metadata), and the IPv6 forms that carry an IPv4 address inside.
 */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  // 2000::/3 is all that was ever given out (RFC 4291); outside of it lie old forms such as ::127.0.0.1.
  return !(parsed instanceof ipaddr.IPv6) || ((parsed.parts[0] ?? 0) & 0xe000) === 0x2000;
}
