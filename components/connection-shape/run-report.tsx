'use client'

import type { ReactNode } from 'react'
import { OpenInstance } from '@/components/connection-shape/open-instance'
import { Alert } from '@/components/ui/alert'
import { CodeBlock } from '@/components/ui/code-block'
import { KeyValueList } from '@/components/ui/key-value-list'
import { StatusBadge, type Tone } from '@/components/ui/status-badge'
import { Tabs } from '@/components/ui/tabs'
import type { ExchangeReport } from '@/lib/calls/exchange-report'
import { counted } from '@/lib/domain/counted'
import { phraseOf } from '@/lib/domain/http-status-words'
import type { InstanceOption } from '@/lib/flows/shape-views'

const toneOf = (status: number): Tone => (status < 300 ? 'ok' : status < 400 ? 'warn' : 'bad')
const lines = (headers: [string, string][]) => headers.map(([name, value]) => `${name}: ${value}`).join('\n')
/** The time for reading the limits from the database does not count as waiting. */
const shortestWaitMs = 100
const seconds = (value: number) => `${(value / 1_000).toFixed(1)} s`
const milliseconds = (value: number | null) => (value === null ? null : `${Math.round(value)} ms`)

function pretty(body: string, isJson: boolean): string {
  if (!isJson) return body
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid gap-1">
      <h3 className="text-xs text-muted">{title}</h3>
      {children}
    </div>
  )
}

type RunReportProps = {
  report: ExchangeReport
  /** A newer run is in progress. */
  outdated: boolean
  instance: InstanceOption | null
}

/** What a run sent and what came back, secrets removed. */
export function RunReport({ report, outdated, instance }: RunReportProps) {
  const { request, response, timing } = report
  const records = response.recordCount === null ? '' : ` · ${counted(response.recordCount, 'record')}`
  return (
    <section aria-label="Run result" aria-busy={outdated || undefined} className="grid gap-3 aria-busy:opacity-60">
      <p role="status" className="tabular flex flex-wrap items-center gap-2">
        <StatusBadge tone={toneOf(response.status)}>
          <span>{response.status}</span> {phraseOf(response.status)}
        </StatusBadge>
        <span className="text-sm text-muted">
          {Math.round(timing.totalMs ?? 0)} ms{records}
          {report.waitedMs >= shortestWaitMs &&
            ` · waited ${seconds(report.waitedMs)} because of the instance's limits`}
          {report.attempts > 1 && ` · ${report.attempts} attempts`}
        </span>
      </p>
      {report.concern && (
        <Alert
          tone={report.concern.kind === 'missing_permission' ? 'warn' : 'bad'}
          actions={instance && <OpenInstance {...instance} />}
        >
          {report.concern.message}
        </Alert>
      )}
      <Tabs
        label="Run result"
        tabs={[
          {
            value: 'response',
            label: 'Response',
            content: (
              <div className="grid gap-3">
                <Part title="Body">
                  <CodeBlock label="Response body" code={pretty(response.body, response.isJson)} wrap />
                </Part>
                {response.problem !== null && <p className="text-sm text-muted">{response.problem}</p>}
                {response.truncated && (
                  <p className="text-sm text-muted">
                    Only the beginning is shown. The response has {response.bytes.toLocaleString('en-GB')} bytes.
                  </p>
                )}
                <Part title="Headers">
                  <CodeBlock label="Response headers" code={lines(response.headers)} wrap />
                </Part>
              </div>
            ),
          },
          {
            value: 'request',
            label: 'Request',
            content: (
              <div className="grid gap-3">
                <CodeBlock label="Request" code={`${request.method} ${request.url}\n${lines(request.headers)}`} wrap />
                {request.body !== null && (
                  <Part title="Body">
                    <CodeBlock label="Request body" code={request.body} wrap />
                  </Part>
                )}
              </div>
            ),
          },
          {
            value: 'timing',
            label: 'Timing',
            content: (
              <KeyValueList
                items={[
                  {
                    label: 'Waited for its turn',
                    value: report.waitedMs >= shortestWaitMs ? milliseconds(report.waitedMs) : null,
                  },
                  { label: 'Name look-up', value: milliseconds(timing.dnsMs) },
                  { label: 'Connection', value: milliseconds(timing.connectMs) },
                  { label: 'TLS', value: milliseconds(timing.tlsMs) },
                  { label: 'First byte', value: milliseconds(timing.firstByteMs) },
                  { label: 'Total', value: milliseconds(timing.totalMs) },
                ]}
              />
            ),
          },
        ]}
      />
    </section>
  )
}
