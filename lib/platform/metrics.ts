import 'server-only'
import { collectDefaultMetrics, Counter, Gauge, Histogram, register } from 'prom-client'

/**
 * The metrics of this process for `/metrics`. Labels have few values, and none that people type, so no name, address or
 * secret is ever a label.
 */

type Metrics = {
  requests: Counter<'kind' | 'status'>
  requestSeconds: Histogram<'kind'>
  outbound: Counter<'purpose' | 'outcome'>
  outboundSeconds: Histogram<'purpose'>
  jobs: Gauge<'queue' | 'state'>
  workers: Gauge<'state'>
}

type QueueCounts = {
  name: string
  deferredCount: number
  queuedCount: number
  activeCount: number
  failedCount: number
}

// One set per process, because parts of a build, and hot reloads in development, load this module again.
const holder = globalThis as {
  patchbayMetrics?: Metrics
  patchbayQueueCounts?: () => Promise<QueueCounts[]>
  patchbayWorkerCounts?: () => Promise<Record<string, number>>
}

function metrics(): Metrics {
  return (holder.patchbayMetrics ??= makeMetrics())
}

/** In seconds; from a cached page to the longest timeout of a method. */
const buckets = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]

function makeMetrics(): Metrics {
  // Memory, processor, event-loop delay, garbage collection, open handles.
  collectDefaultMetrics({ register })
  return {
    requests: new Counter({
      name: 'patchbay_http_requests_total',
      help: 'Requests to this process, by kind and status class.',
      labelNames: ['kind', 'status'],
    }),
    requestSeconds: new Histogram({
      name: 'patchbay_http_request_duration_seconds',
      help: 'From a request to the end of its response.',
      labelNames: ['kind'],
      buckets,
    }),
    outbound: new Counter({
      name: 'patchbay_outbound_requests_total',
      help: 'Requests to third parties, by purpose (endpoint: calls; exchange, refresh: tokens) and outcome.',
      labelNames: ['purpose', 'outcome'],
    }),
    outboundSeconds: new Histogram({
      name: 'patchbay_outbound_request_duration_seconds',
      help: 'From sending a request to a third party to the end of its response.',
      labelNames: ['purpose'],
      buckets,
    }),
    jobs: new Gauge({
      name: 'patchbay_jobs',
      help: 'Background jobs of all processes, by queue and state, counted by the workers every second.',
      labelNames: ['queue', 'state'],
      async collect() {
        for (const queue of (await holder.patchbayQueueCounts?.().catch(() => null)) ?? []) setCounts(this, queue)
      },
    }),
    workers: new Gauge({
      name: 'patchbay_workers',
      help: 'Processes that do background jobs, of the whole installation, by state; silent ones do not respond.',
      labelNames: ['state'],
      async collect() {
        const counts = (await holder.patchbayWorkerCounts?.().catch(() => null)) ?? {}
        for (const [state, count] of Object.entries(counts)) this.set({ state }, count)
      },
    }),
  }
}

export function countRequest(kind: string, status: number, durationMs: number): void {
  const { requests, requestSeconds } = metrics()
  requests.inc({ kind, status: `${Math.floor(status / 100)}xx` })
  requestSeconds.observe({ kind }, durationMs / 1_000)
}

export function countOutbound(purpose: string, outcome: string, durationMs: number): void {
  const { outbound, outboundSeconds } = metrics()
  outbound.inc({ purpose, outcome })
  outboundSeconds.observe({ purpose }, durationMs / 1_000)
}

function setCounts(jobs: Gauge<'queue' | 'state'>, { name: queue, ...counts }: QueueCounts): void {
  jobs.set({ queue, state: 'waiting' }, counts.queuedCount)
  jobs.set({ queue, state: 'deferred' }, counts.deferredCount)
  jobs.set({ queue, state: 'active' }, counts.activeCount)
  jobs.set({ queue, state: 'failed' }, counts.failedCount)
}

/** @param counts called at every scrape; if it fails, the last numbers remain */
export function showQueues(counts: () => Promise<QueueCounts[]>): void {
  holder.patchbayQueueCounts = counts
}

/** @param counts called at every scrape, by state; if it fails, the last numbers remain */
export function showWorkers(counts: () => Promise<Record<string, number>>): void {
  holder.patchbayWorkerCounts = counts
}

/** In the text format of Prometheus. */
export async function renderMetrics(): Promise<{ type: string; text: string }> {
  metrics()
  return { type: register.contentType, text: await register.metrics() }
}
