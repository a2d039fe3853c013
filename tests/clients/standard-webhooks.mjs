// Reads webhooks by the public library of the Standard Webhooks specification. Standard input holds { secret, now (seconds), posts: [{ headers, body }] };
// standard output gets { verified: [type or null], tampered: true where a changed body is refused }.
import { Webhook } from 'standardwebhooks';

const input = JSON.parse(await new Response(process.stdin).text());
Date.now = () => input.now * 1000;
const webhook = new Webhook(input.secret);

const read = (body, headers) => {
  try {
    return webhook.verify(body, headers).type;
  } catch {
    return null;
  }
};

console.log(JSON.stringify({
  verified: input.posts.map(({ headers, body }) => read(body, headers)),
  tampered: input.posts.every(({ headers, body }) => read(body.replace('"data"', '"date"'), headers) === null),
}));
