// SDKs for pages, each in a window of its own at another origin than the app's. jsdom keeps to the same-origin policy: it asks
// first (a preflight) and blocks what the app did not allow, as browsers do.
import { readFileSync } from 'node:fs'
import { JSDOM, VirtualConsole } from 'jsdom'
import { Tally } from './tally.mjs'

export const pages = {
  'segment-page': app => deliver('@segment/analytics-next/dist/umd/index.js', app, loadSegment),
  'customerio-page': app => deliver('@customerio/cdp-analytics-browser/dist/umd/index.js', app, loadCustomerIo),
  'hightouch-page': app => deliver('@ht-sdks/events-sdk-js-browser/dist/umd/index.js', app, loadHightouch),
  'rudderstack-page': app => deliver('@rudderstack/analytics-js/dist/npm/modern/bundled/umd/index.js', app, loadRudderStack),
}

/** Segment's library posts in batches here, which is an option of it; the others post each call by itself. */
function loadSegment(window, { host, browserKey }) {
  const deliveryStrategy = { strategy: 'batching', config: { size: 15, timeout: 300 } }
  return window.AnalyticsNext.AnalyticsBrowser.load(
    { writeKey: browserKey, cdnSettings: { integrations: { 'Segment.io': { apiKey: browserKey } } } },
    { integrations: { 'Segment.io': { apiHost: `${host}/v1`, protocol: 'http', deliveryStrategy } } })
}

function loadCustomerIo(window, { host, browserKey }) {
  return window.AnalyticsNext.AnalyticsBrowser.load(
    { writeKey: browserKey, cdnSettings: { integrations: { 'Customer.io Data Pipelines': { apiKey: browserKey } } } },
    { integrations: { 'Customer.io Data Pipelines': { apiHost: `${host}/v1`, protocol: 'http' } } })
}

function loadHightouch(window, { host, browserKey }) {
  return window.HtEvents.HtEventsBrowser.load({ writeKey: browserKey }, { apiHost: host, protocol: 'http' })
}

function loadRudderStack(window, { baseUrl, browserKey }) {
  const analytics = new window.rudderanalytics.RudderAnalytics()
  const source = { id: 'page', name: 'page', writeKey: browserKey, enabled: true, workspaceId: 'none', config: {}, destinations: [] }
  // What it would ask of its vendor's servers is told here, or left out.
  analytics.load(
    browserKey, baseUrl, { getSourceConfig: () => ({ source }), loadIntegration: false, polyfillIfRequired: false, logLevel: 'ERROR' })
  return analytics
}

async function deliver(script, app, load) {
  const tally = new Tally()
  const window = openPage(tally)
  try {
    window.eval(readFileSync(new URL(`../node_modules/${script}`, import.meta.url), 'utf8'))
    callAll(load(window, { ...app, host: new URL(app.baseUrl).host }), app, tally)
    return await tally.result()
  } finally {
    window.close()
  }
}

/** A window that tells the tally what was answered to its requests. */
function openPage(tally) {
  const virtualConsole = new VirtualConsole()
  virtualConsole.on('jsdomError', fault => tally.failed(fault))
  const { window } = new JSDOM('<!doctype html><title>Shop</title><body></body>', {
    url: 'https://shop.example/cart',
    runScripts: 'outside-only',
    virtualConsole,
  })
  window.XMLHttpRequest = class extends window.XMLHttpRequest {
    send(body) {
      this.addEventListener('loadend', () => {
        if (this.status === 200)
          tally.arrived(JSON.parse(body).batch?.length ?? 1)
        else
          tally.failed(`${this.responseURL || 'a request'} was answered ${this.status}`)
      })
      super.send(body)
    }
  }
  return window
}

function callAll(analytics, { ids: { userId, groupId }, tracks }, tally) {
  const call = (name, ...values) => {
    tally.expect()
    analytics[name](...values)
  }
  call('page', 'Home')
  call('identify', userId, { email: `${userId}@example.com` })
  call('group', groupId, { name: 'Example' })
  for (let i = 0; i < tracks; i++)
    call('track', 'Conversation Handled', { seconds: 60, index: i }, { groupId, context: { groupId } })
  call('alias', `${userId}-later`)
}
