import type { ExternalToast } from 'sonner'

export type Message = {
  kind: 'success' | 'error' | 'warning' | 'info'
  text: string
  options: ExternalToast | undefined
}

let show: ((message: Message) => void) | null = null
let load = () => {}
const waiting: Message[] = []

function say(kind: Message['kind'], text: string, options?: ExternalToast): void {
  const message = { kind, text, options }
  if (show) return show(message)
  waiting.push(message)
  load()
}

/** Only for what is not said beside a field or in the page. Messages wait until <Toaster> has loaded what shows them. */
export const toast = {
  success: (text: string, options?: ExternalToast) => say('success', text, options),
  error: (text: string, options?: ExternalToast) => say('error', text, options),
  warning: (text: string, options?: ExternalToast) => say('warning', text, options),
  info: (text: string, options?: ExternalToast) => say('info', text, options),
}

/** @param loader loads what calls `showMessages`; called when there is a message that nothing shows */
export function loadForMessages(loader: () => void): void {
  load = loader
  if (waiting.length > 0) load()
}

/** @returns stops showing */
export function showMessages(next: (message: Message) => void): () => void {
  show = next
  for (const message of waiting.splice(0)) next(message)
  return () => {
    show = null
  }
}
