// Posts signed events as SendGrid does. Standard input holds { url, privateKey (PEM), publicKey (base64), now (seconds), events }; standard output
// gets { verified, good, replayed, tampered, late, stale, unsigned }: whether the official package accepts the signature, and the answers' statuses.
import crypto from 'node:crypto';
import { EventWebhook, EventWebhookHeader } from '@sendgrid/eventwebhook';

const input = JSON.parse(await new Response(process.stdin).text());
const body = JSON.stringify(input.events);

const sign = (payload, timestamp) => crypto.sign('sha256', Buffer.from(timestamp + payload), input.privateKey).toString('base64');

const post = async (payload, headers) => {
  const response = await fetch(input.url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: payload });
  await response.arrayBuffer();
  return response.status;
};

const signed = (signature, timestamp) => ({ [EventWebhookHeader.SIGNATURE()]: signature, [EventWebhookHeader.TIMESTAMP()]: timestamp });

const now = String(input.now);
const late = String(input.now - 6 * 3600);
const old = String(input.now - 4 * 86400);
const signature = sign(body, now);
const official = new EventWebhook();

console.log(JSON.stringify({
  verified: official.verifySignature(official.convertPublicKeyToECDSA(input.publicKey), body, signature, now),
  good: await post(body, signed(signature, now)),
  replayed: await post(body, signed(signature, now)),
  tampered: await post(body.replace('delivered', 'bounce'), signed(signature, now)),
  late: await post(body, signed(sign(body, late), late)),
  stale: await post(body, signed(sign(body, old), old)),
  unsigned: await post(body, {}),
}));
