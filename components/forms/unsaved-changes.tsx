'use client'

import { useRouter } from 'next/navigation'
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'

type Guards = { set: (id: string, unsaved: boolean) => void; leave: (go: () => void) => void }

const GuardContext = createContext<Guards>({ set: () => undefined, leave: (go) => go() })

/** While `unsaved` is true, the person is asked before leaving the page (rule R8). */
export function useUnsavedChanges(unsaved: boolean) {
  const id = useId()
  const { set } = useContext(GuardContext)
  useEffect(() => {
    set(id, unsaved)
    return () => set(id, false)
  }, [id, set, unsaved])
}

/** Does something that would lose unsaved changes, after asking the person. */
export function useLeave(): (go: () => void) => void {
  return useContext(GuardContext).leave
}

/** Navigates by code, and asks first if there are unsaved changes. */
export function useGuardedNavigation(): (href: string) => void {
  const router = useRouter()
  const leave = useLeave()
  return (href) => leave(() => router.push(href))
}

/** The link to another page of this app that a click would follow; null for anything else. */
function leavingLink(event: MouseEvent): URL | null {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return null
  const link = (event.target as Element | null)?.closest?.('a[href]')
  if (
    !(link instanceof HTMLAnchorElement) ||
    (link.target !== '' && link.target !== '_self') ||
    link.hasAttribute('download')
  )
    return null
  const url = new URL(link.href)
  return url.origin === window.location.origin && url.pathname !== window.location.pathname ? url : null
}

/** Watches every way out of a page: closing, links, the back button, and navigation by code. */
export function UnsavedChangesProvider({ children }: { children: ReactNode }) {
  const router = useRouter()
  const unsaved = useRef(new Set<string>())
  const [waiting, setWaiting] = useState<(() => void) | null>(null)

  const leave = useCallback((go: () => void) => {
    if (unsaved.current.size === 0) go()
    else setWaiting(() => go)
  }, [])
  const guards = useMemo<Guards>(
    () => ({ leave, set: (id, on) => (on ? unsaved.current.add(id) : unsaved.current.delete(id)) }),
    [leave],
  )

  useEffect(() => {
    const closing = (event: BeforeUnloadEvent) => {
      if (unsaved.current.size > 0) event.preventDefault()
    }
    const clicking = (event: MouseEvent) => {
      const url = unsaved.current.size > 0 ? leavingLink(event) : null
      if (!url) return
      event.preventDefault()
      event.stopPropagation()
      leave(() => router.push(url.pathname + url.search + url.hash))
    }
    const travelling = (event: NavigateEvent) => {
      if (event.navigationType !== 'traverse' || !event.cancelable || unsaved.current.size === 0) return
      const destination = new URL(event.destination.url)
      if (destination.pathname === window.location.pathname) return
      event.preventDefault()
      leave(() => router.push(destination.pathname + destination.search + destination.hash))
    }
    const navigation = 'navigation' in window ? window.navigation : undefined
    window.addEventListener('beforeunload', closing)
    document.addEventListener('click', clicking, true)
    navigation?.addEventListener('navigate', travelling)
    return () => {
      window.removeEventListener('beforeunload', closing)
      document.removeEventListener('click', clicking, true)
      navigation?.removeEventListener('navigate', travelling)
    }
  }, [leave, router])

  const discard = () => {
    unsaved.current.clear()
    waiting?.()
    setWaiting(null)
  }
  return (
    <GuardContext value={guards}>
      {children}
      <Dialog
        title="Leave without saving?"
        description="Your changes on this page have not been saved and will be lost."
        size="sm"
        open={waiting !== null}
        onOpenChange={(open) => !open && setWaiting(null)}
        footer={
          <>
            <Button onClick={() => setWaiting(null)}>Stay on this page</Button>
            <Button variant="danger" onClick={discard}>
              Leave without saving
            </Button>
          </>
        }
      />
    </GuardContext>
  )
}
