import { generateKeyPairSync, sign } from 'node:crypto';

/** DER: tag, length, content. */
function der(tag: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const size = body.length < 0x80 ? [body.length] : body.length < 0x100 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}
const seq = (...content: Uint8Array[]): Buffer => der(0x30, ...content);
const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const ECDSA_SHA256 = seq(der(0x06, hex('2a8648ce3d040302')));

/** A self-signed certificate for one name, as PEM; made anew each time, so that no key lies in the repository. */
export function makeCertificate(name: string): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = seq(der(0x31, seq(der(0x06, hex('550403')), der(0x0c, Buffer.from('Baton test')))));
  const time = (at: number): Buffer => der(0x17, Buffer.from(`${new Date(at).toISOString().slice(2, 19).replace(/[-T:]/g, '')}Z`));
  const names = seq(der(0x06, hex('551d11')), der(0x04, seq(der(0x82, Buffer.from(name)))));
  const tbs = seq(der(0xa0, der(0x02, hex('02'))), der(0x02, hex('01')), ECDSA_SHA256, subject, seq(time(Date.now() - 86_400_000), time(Date.now() + 86_400_000)), subject,
    publicKey.export({ type: 'spki', format: 'der' }), der(0xa3, seq(names)));
  const cert = seq(tbs, ECDSA_SHA256, der(0x03, hex('00'), sign('sha256', tbs, privateKey)));
  return { key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })), cert: `-----BEGIN CERTIFICATE-----\n${cert.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n` };
}
