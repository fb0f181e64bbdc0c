'use client'

import { useEffect, useState } from 'react'
import { Alert } from '@/components/ui/alert'
import { Spinner } from '@/components/ui/spinner'
import { readDocument, type ApiDocument, type OpenApi } from './document'
import { Operations } from './operations'

/**
 * The reference of the REST API, out of its OpenAPI document, in which requests can be tried. It is rendered in the
 * browser: a page that knew the operations on the server would have a copy of all their code.
 */
export function ApiReference({ address }: { address: string }) {
  const [state, setState] = useState<'loading' | 'failed' | ApiDocument>('loading')
  useEffect(() => {
    const left = new AbortController()
    load(address, left.signal).then(setState, () => left.signal.aborted || setState('failed'))
    return () => left.abort()
  }, [address])
  if (state === 'loading') return <Spinner label="Loading the reference" />
  if (state === 'failed')
    return (
      <Alert tone="bad" title="The reference could not be loaded">
        Check the connection and reload the page.
      </Alert>
    )
  return <Operations document={state} />
}

async function load(address: string, signal: AbortSignal): Promise<ApiDocument> {
  // eslint-disable-next-line no-restricted-syntax -- a request from the browser to our own server
  const response = await fetch(address, { signal, credentials: 'omit' })
  if (!response.ok) throw new Error(`The document has the status ${response.status}`)
  return readDocument((await response.json()) as OpenApi)
}
