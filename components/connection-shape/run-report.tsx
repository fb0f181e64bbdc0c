'use client'

import { CodeBlock } from '@/components/ui/code-block'
import { KeyValueList } from '@/components/ui/key-value-list'
import { StatusBadge, type Tone } from '@/components/ui/status-badge'
import { Tabs } from '@/components/ui/tabs'
import type { ExchangeReport } from '@/lib/requests/exchange-report'

const toneOf = (status: number): Tone => (status < 300 ? 'ok' : status < 400 ? 'warn' : 'bad')
const lines = (headers: [string, string][]) => headers.map(([name, value]) => `${name}: ${value}`).join('\n')
const milliseconds = (value: number | null) => (value === null ? null : `${Math.round(value)} ms`)

function pretty(body: string, isJson: boolean): string {
  if (!isJson) return body
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

/** What a run sent and what came back, secrets removed. */
export function RunReport({ report }: { report: ExchangeReport }) {
  const { request, response, timing } = report
  const records = response.recordCount === null ? '' : ` · ${response.recordCount} ${response.recordCount === 1 ? 'record' : 'records'}`
  return (
    <section aria-label="Run result" className="grid gap-3">
      <p role="status" className="tabular flex flex-wrap items-center gap-2">
        <StatusBadge tone={toneOf(response.status)}>{response.status}</StatusBadge>
        <span className="text-sm text-muted">
          {Math.round(timing.totalMs ?? 0)} ms{records}
          {report.attempts > 1 && ` · ${report.attempts} attempts`}
        </span>
      </p>
      <Tabs
        label="Run result"
        tabs={[
          {
            value: 'run-response',
            label: 'Response',
            content: (
              <div className="grid gap-3">
                <CodeBlock label="Response body" code={pretty(response.body, response.isJson)} wrap />
                {response.truncated && <p className="text-sm text-muted">Only the beginning is shown; {response.bytes.toLocaleString('en-GB')} bytes came back.</p>}
                <CodeBlock label="Response headers" code={lines(response.headers)} wrap />
              </div>
            ),
          },
          {
            value: 'run-request',
            label: 'Request',
            content: (
              <div className="grid gap-3">
                <CodeBlock label="Request" code={`${request.method} ${request.url}\n${lines(request.headers)}`} wrap />
                {request.body !== null && <CodeBlock label="Request body" code={request.body} wrap />}
              </div>
            ),
          },
          {
            value: 'run-timing',
            label: 'Timing',
            content: (
              <KeyValueList
                items={[
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
