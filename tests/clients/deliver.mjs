// Delivers events with real SDKs, given nothing but host and key:
//
//   node deliver.mjs BASE_URL WRITE_KEY [--run ID]
//
// Prints one line of JSON per SDK and one with the totals, and exits 0 only when every SDK was told that each of its events
// arrived. --run makes the ids of one run its own, so that a test can tell its events apart.
import { createRequire } from 'node:module'
import { Analytics as Segment } from '@segment/analytics-node'
import { Analytics as CustomerIo } from '@customerio/cdp-analytics-node'

const RudderStack = createRequire(import.meta.url)('@rudderstack/rudder-sdk-node')
const tracks = 40
const timeout = 15_000

const { baseUrl, writeKey, run } = readArguments(process.argv.slice(2))
const sdks = {
  segment: () => deliverWithSegment(),
  customerio: () => deliverWithCustomerIo(),
  rudderstack: () => deliverWithRudderStack(),
}

const totals = { sdk: 'all', sent: 0, delivered: 0, failures: [] }
for (const [name, deliver] of Object.entries(sdks)) {
  const result = { sdk: name, ...(await deliver()) }
  console.log(JSON.stringify(result))
  totals.sent += result.sent
  totals.delivered += result.delivered
  totals.failures.push(...result.failures.map(failure => `${name}: ${failure}`))
}
console.log(JSON.stringify(totals))
process.exit(totals.delivered === totals.sent && totals.failures.length === 0 ? 0 : 1)

async function deliverWithSegment() {
  const tally = newTally()
  const analytics = new Segment({ writeKey, host: baseUrl, flushAt: 15, flushInterval: 1_000 })
  analytics.on('error', error => tally.failures.push(describe(error)))
  callAll(analytics, 'segment', tally)
  await analytics.closeAndFlush({ timeout })
  return await tally.settled()
}

async function deliverWithCustomerIo() {
  const tally = newTally()
  const analytics = new CustomerIo({ writeKey, host: baseUrl, flushAt: 15, flushInterval: 1_000 })
  analytics.on('error', error => tally.failures.push(describe(error)))
  callAll(analytics, 'customerio', tally)
  await analytics.closeAndFlush({ timeout })
  return await tally.settled()
}

async function deliverWithRudderStack() {
  const tally = newTally()
  const analytics = new RudderStack(writeKey, {
    dataPlaneUrl: baseUrl,
    flushAt: 15,
    flushInterval: 1_000,
    logLevel: 'error',
    errorHandler: error => tally.failures.push(describe(error)),
  })
  callAll(analytics, 'rudderstack', tally)
  await analytics.flush()
  return await tally.settled()
}

function callAll(analytics, sdk, tally) {
  const userId = `${run}-${sdk}-user`
  const anonymousId = `${run}-${sdk}-anonymous`
  const groupId = `${run}-${sdk}-group`
  analytics.identify({ userId, traits: { email: `${userId}@example.com`, plan: 'pro' } }, tally.expect())
  analytics.group({ userId, groupId, traits: { name: 'Example', seats: 5 } }, tally.expect())
  analytics.page({ userId, name: 'Home', properties: { path: '/' } }, tally.expect())
  analytics.screen({ anonymousId, name: 'Start' }, tally.expect())
  for (let i = 0; i < tracks; i++) {
    analytics.track(
      { userId, event: 'Video Watched', properties: { seconds: 60, index: i }, context: { groupId } }, tally.expect())
  }
  analytics.alias({ userId, previousId: anonymousId }, tally.expect())
}

/** Counts calls, and what the SDK says became of each. */
function newTally() {
  const failures = []
  const outcomes = []
  let delivered = 0
  return {
    failures,
    expect() {
      let finish
      outcomes.push(new Promise(resolve => { finish = resolve }))
      return error => {
        if (error)
          failures.push(describe(error))
        else
          delivered++
        finish()
      }
    },
    async settled() {
      let timer
      const late = new Promise(resolve => { timer = setTimeout(() => resolve(true), timeout) })
      if (await Promise.race([Promise.all(outcomes).then(() => false), late]))
        failures.push(`nothing was heard of some events within ${timeout} ms`)
      clearTimeout(timer)
      return { sent: outcomes.length, delivered, failures: [...new Set(failures)] }
    },
  }
}

function describe(error) {
  return error?.reason?.message ?? error?.message ?? String(error?.reason ?? error?.code ?? error)
}

function readArguments(values) {
  const [baseUrl, writeKey, flag, run = 'run'] = values
  if (!baseUrl || !writeKey || (flag && flag !== '--run')) {
    console.error('Usage: node deliver.mjs BASE_URL WRITE_KEY [--run ID]')
    process.exit(2)
  }
  return { baseUrl, writeKey, run }
}
