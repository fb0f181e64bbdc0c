import { controlNames } from './names'
import type { SandboxControl } from './control'

async function callControl(sandboxUrl: string, name: string, input: unknown): Promise<unknown> {
  const response = await fetch(`${sandboxUrl}/__control/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input ?? {}),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`The sandbox refused ${name}: ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}

/** The control of a sandbox in another process. */
export function connectSandboxControl(sandboxUrl: string): SandboxControl {
  const entries = controlNames.map((name) => [name, (input?: unknown) => callControl(sandboxUrl, name, input)])
  return Object.fromEntries(entries) as SandboxControl
}
