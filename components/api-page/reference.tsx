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

/** Sessions are for the pages of the app, so the reference offers only keys. */
function withKeysOnly({ components, ...document }: Document): object {
  const { apiKey } = components.securitySchemes
  return { ...document, security: [{ apiKey: [] }], components: { ...components, securitySchemes: { apiKey } } }
}

/** Null on the server, which would otherwise get a copy of it. */
const loadSwaggerUi = typeof window === 'undefined' ? null : () => import('swagger-ui-dist/swagger-ui-es-bundle.js')

async function show(domNode: HTMLElement, url: string, signal: AbortSignal): Promise<void> {
  const { default: swaggerUi } = await loadSwaggerUi!()
  signal.throwIfAborted()
  await new Promise<void>((resolve) =>
    swaggerUi({
      ...{ domNode, url, onComplete: resolve },
      ...{
        docExpansion: 'none',
        defaultModelsExpandDepth: -1,
        filter: true,
        tryItOutEnabled: true,
        validatorUrl: null,
      },
      requestInterceptor: (request) => ({ ...request, credentials: 'omit' }),
      plugins: [
        () => ({
          // It would be read as YAML, which takes seconds.
          statePlugins: {
            spec: {
              wrapActions: {
                parseToJson:
                  (_original, { specActions }) =>
                  (text) =>
                    specActions.updateJsonSpec(withKeysOnly(JSON.parse(text) as Document)),
              },
            },
          },
          // The page has a title and an explanation of its own, and there is only this server.
          wrapComponents: { InfoContainer: () => nothing, ServersContainer: () => nothing },
        }),
      ],
    }),
  )
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
