// Delivers events with real SDKs, given nothing but host and keys:
//
//   node deliver.mjs BASE_URL WRITE_KEY BROWSER_KEY [--run ID]
//
// Prints one line of JSON per SDK, { sdk, userId, groupId, sent, delivered, failures }, and exits 0 only when every SDK was told that each of its
// events arrived. --run makes the ids of one run its own, so that a test can tell its events apart.
import { cloudEvents } from './sdks/cloud-events.mjs'
import { pages } from './sdks/pages.mjs'
import { servers } from './sdks/servers.mjs'

const tracks = 40
const { baseUrl, writeKey, browserKey, run } = readArguments(process.argv.slice(2))

const results = await Promise.all(Object.entries({ ...servers, ...pages, ...cloudEvents }).map(async ([sdk, deliver]) => {
  const ids = { userId: `${run}-${sdk}-user`, anonymousId: `${run}-${sdk}-anonymous`, groupId: `${run}-${sdk}-group` }
  return { sdk, ...ids, ...(await deliver({ baseUrl, writeKey, browserKey, ids, tracks })) }
}))
for (const result of results)
  console.log(JSON.stringify(result))
process.exit(results.every(({ sent, delivered, failures }) => delivered === sent && failures.length === 0) ? 0 : 1)

function readArguments(values) {
  const [baseUrl, writeKey, browserKey, flag, run = 'run'] = values
  if (!baseUrl || !writeKey || !browserKey || (flag && flag !== '--run')) {
    console.error('Usage: node deliver.mjs BASE_URL WRITE_KEY BROWSER_KEY [--run ID]')
    process.exit(2)
  }
  return { baseUrl: baseUrl.replace(/\/+$/, ''), writeKey, browserKey, run }
}
