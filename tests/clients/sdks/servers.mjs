// SDKs for servers. They batch, and tell of each call by a callback.
import { createRequire } from 'node:module'
import { Analytics as Segment } from '@segment/analytics-node'
import { Analytics as CustomerIo } from '@customerio/cdp-analytics-node'
import { limit, Tally } from './tally.mjs'

const require = createRequire(import.meta.url)
const RudderStack = require('@rudderstack/rudder-sdk-node')
const { default: ExpoRudder } = require('@expo/rudder-sdk-node')

export const servers = {
  'segment-node': app => deliverWithSegmentsKind(Segment, app),
  'customerio-node': app => deliverWithSegmentsKind(CustomerIo, app),
  'rudderstack-node': deliverWithRudderStack,
  'expo-rudder-node': deliverWithExpo,
}

async function deliverWithSegmentsKind(Analytics, { baseUrl, writeKey, ids, tracks }) {
  const tally = new Tally()
  const analytics = new Analytics({ writeKey, host: baseUrl, flushAt: 15, flushInterval: 1_000 })
  analytics.on('error', error => tally.failed(error))
  callAll(analytics, ids, tracks, tally)
  await analytics.closeAndFlush({ timeout: limit })
  return await tally.result()
}

async function deliverWithRudderStack({ baseUrl, writeKey, ids, tracks }) {
  const tally = new Tally()
  const analytics = new RudderStack(writeKey, {
    dataPlaneUrl: baseUrl,
    flushAt: 15,
    flushInterval: 1_000,
    logLevel: 'error',
    errorHandler: error => tally.failed(error),
  })
  callAll(analytics, ids, tracks, tally)
  await analytics.flush()
  return await tally.result()
}

async function deliverWithExpo({ baseUrl, writeKey, ids, tracks }) {
  const tally = new Tally()
  const analytics = new ExpoRudder(writeKey, `${baseUrl}/v1/batch`, { flushAt: 15, flushInterval: 1_000 })
  callAll(analytics, ids, tracks, tally)
  await analytics.flush()
  return await tally.result()
}

function callAll(analytics, { userId, anonymousId, groupId }, tracks, tally) {
  analytics.identify({ userId, traits: { email: `${userId}@example.com`, plan: 'pro' } }, tally.expect())
  analytics.group({ userId, groupId, traits: { name: 'Example', seats: 5 } }, tally.expect())
  analytics.page({ userId, name: 'Home', properties: { path: '/' } }, tally.expect())
  analytics.screen({ anonymousId, name: 'Start' }, tally.expect())
  for (let i = 0; i < tracks; i++) {
    analytics.track(
      { userId, event: 'Conversation Handled', properties: { seconds: 60, index: i }, context: { groupId } },
      tally.expect())
  }
  analytics.alias({ userId, previousId: anonymousId }, tally.expect())
}
