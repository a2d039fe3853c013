// The SDK of CloudEvents, in both forms that it sends: headers with a body, and one document.
import { CloudEvent, emitterFor, httpTransport, Mode } from 'cloudevents'
import { Tally } from './tally.mjs'

export const cloudEvents = { cloudevents: deliver }

async function deliver({ baseUrl, writeKey, ids, tracks }) {
  const tally = new Tally()
  const transport = httpTransport(`${baseUrl}/v1/cloudevents`)
  const emitters = [Mode.BINARY, Mode.STRUCTURED].map(mode => emitterFor(transport, { mode }))
  for (let i = 0; i < tracks; i++) {
    const event = new CloudEvent({
      type: 'Conversation Handled',
      source: '/inbox',
      subject: ids.userId,
      groupid: ids.groupId,
      data: { seconds: 60, index: i },
    })
    const heard = tally.expect()
    emitters[i % emitters.length](event, { headers: { authorization: `Bearer ${writeKey}` } })
      .then(({ body }) => heard(JSON.parse(body).success ? null : body), heard)
  }
  return await tally.result()
}
