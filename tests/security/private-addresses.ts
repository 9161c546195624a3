/** Addresses that are not of the public internet, in the plain spelling. */
export const PRIVATE_V4 = [
  '127.0.0.1', '127.0.0.2', '127.1.2.3', '127.255.255.254', '0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '172.16.0.1', '172.20.10.2', '172.31.255.255',
  '192.168.0.1', '192.168.255.255', '169.254.0.1', '169.254.169.254', '169.254.170.2', '100.64.0.1', '100.100.100.200', '100.127.255.255', '192.0.0.1', '192.0.0.192', '192.0.2.1',
  '198.18.0.1', '198.19.255.255', '198.51.100.1', '203.0.113.1', '192.88.99.1', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255',
] as const;
export const PRIVATE_V6 = [
  '::1', '::', 'fe80::1', 'febf::1', 'fec0::1', 'fc00::1', 'fd00:ec2::254', 'fdff::1', 'ff02::1', '100::1', '2001:db8::1', '2001::1', '2001:2::1', '2001:10::1', '2002:7f00:1::', '2002:a00:1::1',
  '2002:a9fe:a9fe::', '64:ff9b::7f00:1', '64:ff9b::a9fe:a9fe', '64:ff9b:1::7f00:1', '::7f00:1', '::a9fe:a9fe', '::ffff:0:7f00:1', '3fff::1', '5f00::1', '4000::1', '8000::1',
] as const;

/** One IPv4 address as resolvers and URL parsers of the world have read it. */
export function spellings(address: string): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  const all = ((a * 256 + b) * 256 + c) * 256 + d;
  const octal = (part: number): string => `0${part.toString(8)}`;
  const hex = (part: number): string => `0x${part.toString(16)}`;
  return [
    address, String(all), hex(all), octal(all), [a, b, c, d].map(octal).join('.'), [a, b, c, d].map(hex).join('.'), `${a}.${(b * 256 + c) * 256 + d}`, `${a}.${b}.${c * 256 + d}`, `${hex(a)}.${b}.${octal(c)}.${d}`,
    `${address}.`, [...address].map((one) => (/\d/.test(one) ? String.fromCodePoint(0xff10 + Number(one)) : one)).join(''), address.replaceAll('.', '。'), [...address].map((one) => `%${one.charCodeAt(0).toString(16)}`).join(''),
    `[::ffff:${address}]`, `[::ffff:${hexPair(a, b)}:${hexPair(c, d)}]`, `[::${address}]`, `[64:ff9b::${address}]`, `[2002:${hexPair(a, b)}:${hexPair(c, d)}::]`, `[0:0:0:0:0:ffff:${address}]`,
  ];
}
const hexPair = (high: number, low: number): string => (high * 256 + low).toString(16);
