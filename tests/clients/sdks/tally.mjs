// How long a client may take to hear of all its events: long, as the machine may run other tests too.
export const limit = 60_000

/** Counts the calls of one client, and what it was told became of each. */
export class Tally {
  sent = 0
  delivered = 0
  failures = []
  #settled = () => {}

  /** One call more; what it returns is the callback of SDKs that tell of each. */
  expect() {
    this.sent++
    return error => error ? this.failed(error) : this.arrived()
  }

  arrived(events = 1) {
    this.delivered += events
    this.#settleIfDone()
  }

  failed(error) {
    this.failures.push(describe(error))
    this.#settleIfDone()
  }

  /** What came of it, once everything was answered, something failed, or time is up. */
  async result() {
    let timer
    const late = new Promise(resolve => { timer = setTimeout(() => resolve(true), limit) })
    const heard = new Promise(resolve => { this.#settled = () => resolve(false) })
    this.#settleIfDone()
    if (await Promise.race([heard, late]))
      this.failures.push(`nothing was heard of ${this.sent - this.delivered} events within ${limit} ms`)
    clearTimeout(timer)
    return { sent: this.sent, delivered: this.delivered, failures: [...new Set(this.failures)] }
  }

  #settleIfDone() {
    if (this.delivered >= this.sent || this.failures.length > 0)
      this.#settled()
  }
}

function describe(error) {
  return error?.reason?.message ?? error?.message ?? String(error?.reason ?? error?.code ?? error)
}
