'use client'

import { useEffect, useRef, useState } from 'react'
import { Alert } from '@/components/ui/alert'
import { Spinner } from '@/components/ui/spinner'
import 'swagger-ui-dist/swagger-ui.css'
import './reference.css'

/**
 * The reference of the REST API, out of its OpenAPI document: Swagger UI, from this server. It sends what is tried with
 * the key that was typed, and never with the session of the person. The key is forgotten with the page.
 */
export function ApiReference({ document: address }: { document: string }) {
  const place = useRef<HTMLDivElement>(null)
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading')
  useDarkClass()
  useEffect(() => {
    const node = place.current!
    const left = new AbortController()
    show(node, address, left.signal).then(
      () => setState('shown'),
      () => left.signal.aborted || setState('failed'),
    )
    return () => {
      left.abort()
      node.replaceChildren()
    }
  }, [address])
  return (
    <>
      {state === 'loading' && <Spinner label="Loading the reference" />}
      {state === 'failed' && (
        <Alert tone="bad" title="The reference could not be loaded">
          Check the connection and reload the page.
        </Alert>
      )}
      <div ref={place} className="api-reference" />
    </>
  )
}

type Document = { components: { securitySchemes: { apiKey: object } } }

async function show(domNode: HTMLElement, address: string, signal: AbortSignal): Promise<void> {
  const [{ default: swaggerUi }, response] = await Promise.all([
    import('swagger-ui-dist/swagger-ui-es-bundle.js'),
    fetch(address, { signal }),
  ])
  if (!response.ok) throw new Error(`the document was answered with status ${response.status}`)
  const spec = (await response.json()) as Document
  signal.throwIfAborted()
  const { apiKey } = spec.components.securitySchemes
  swaggerUi({
    domNode,
    spec: { ...spec, security: [{ apiKey: [] }], components: { ...spec.components, securitySchemes: { apiKey } } },
    ...{ docExpansion: 'none', defaultModelsExpandDepth: -1, filter: true, tryItOutEnabled: true, validatorUrl: null },
    requestInterceptor: (request) => ({ ...request, credentials: 'omit' }),
    // The page has a title and an explanation of its own, and there is only this server.
    plugins: [() => ({ wrapComponents: { InfoContainer: () => nothing, ServersContainer: () => nothing } })],
  })
}

const nothing = () => null

/** Swagger UI is dark if the page has this class. */
function useDarkClass(): void {
  useEffect(() => {
    const { documentElement: html } = document
    const system = window.matchMedia('(prefers-color-scheme: dark)')
    const apply = () => {
      const { theme } = html.dataset
      html.classList.toggle('dark-mode', theme === 'dark' || (theme === undefined && system.matches))
    }
    apply()
    const themes = new MutationObserver(apply)
    themes.observe(html, { attributeFilter: ['data-theme'] })
    system.addEventListener('change', apply)
    return () => {
      themes.disconnect()
      system.removeEventListener('change', apply)
      html.classList.remove('dark-mode')
    }
  }, [])
}
