import type { ExternalToast } from 'sonner'
import { lazyPart } from '@/components/ui/lazy-part'

export type Message = {
  kind: 'success' | 'error' | 'warning' | 'info'
  text: string
  options: ExternalToast | undefined
}

/** The component that renders messages. Messages are queued until it is loaded. */
export const messages = lazyPart(() => import('./toast-messages'))

let show: ((message: Message) => void) | null = null
const waiting: Message[] = []

function say(kind: Message['kind'], text: string, options?: ExternalToast): void {
  const message = { kind, text, options }
  if (show) return show(message)
  waiting.push(message)
  messages.load().catch(() => waiting.splice(0).forEach(showPlainly))
}

const plainMs = 10_000

/** Shows only the text, if the connection is lost before the component for messages is loaded. */
function showPlainly({ text }: Message): void {
  const element = document.createElement('div')
  element.role = 'alert'
  element.className = 'max-w-sm rounded-lg border bg-raised px-3.5 py-3 shadow-float'
  element.textContent = text
  plainList().append(element)
  setTimeout(() => element.remove(), plainMs)
}

function plainList(): HTMLElement {
  const existing = document.getElementById('plain-messages')
  if (existing) return existing
  const list = document.createElement('div')
  list.id = 'plain-messages'
  list.className = 'fixed right-4 bottom-4 z-50 grid gap-2'
  document.body.append(list)
  return list
}

/** Only for messages that do not belong beside a field or in the page. */
export const toast = {
  success: (text: string, options?: ExternalToast) => say('success', text, options),
  error: (text: string, options?: ExternalToast) => say('error', text, options),
  warning: (text: string, options?: ExternalToast) => say('warning', text, options),
  info: (text: string, options?: ExternalToast) => say('info', text, options),
}

/** @returns a function that unsubscribes */
export function showMessages(next: (message: Message) => void): () => void {
  show = next
  for (const message of waiting.splice(0)) next(message)
  return () => {
    show = null
  }
}
