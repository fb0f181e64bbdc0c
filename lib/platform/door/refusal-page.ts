import { createHash } from 'node:crypto'
import { xmlEscape } from '@/lib/domain/encoding'
import type { Refusal } from './refusal'

/** A page without anything from the app, which may not be able to respond. */
export function refusalPage({ title, text, reloadsWhenReady }: Omit<Refusal, 'status'>): string {
  const reload = reloadsWhenReady
    ? `<script>${reloadScript}</script><noscript><meta http-equiv="refresh" content="5"></noscript>`
    : ''
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
${reload}<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">
<title>${xmlEscape(title)} · Patchbay</title><style>${styles}</style></head>
<body><main><p class="name">Patchbay</p><h1>${xmlEscape(title)}</h1><p>${xmlEscape(text)}</p></main></body></html>
`
}

const styles = [
  ':root{--background:#fcfcfd;--text:#1b1d22;--quiet:#5c6270;--border:#e3e5ea}',
  '@media(prefers-color-scheme:dark){:root{--background:#0f1114;--text:#eceef2;--quiet:#a0a6b3;--border:#2a2e36}}',
  'body{margin:0;min-height:100dvh;display:grid;place-items:center;background:var(--background);color:var(--text);font:16px/1.5 system-ui,sans-serif}',
  'main{box-sizing:border-box;width:100%;max-width:34rem;padding:1.5rem}',
  'main>*{margin:0 0 .75rem;overflow-wrap:anywhere}',
  'h1{font-size:1.25rem;font-weight:600}',
  '.name{padding-bottom:.75rem;border-bottom:1px solid var(--border);color:var(--quiet);font-size:.875rem}',
].join('')

/** Reloads the page only when the app is ready again. */
const reloadScript = "setInterval(async()=>{try{if((await fetch('/health/ready')).ok)location.reload()}catch{}},3000)"

/** The content security policy of the page. */
export const reloadScriptSource = `'sha256-${createHash('sha256').update(reloadScript).digest('base64')}'`
