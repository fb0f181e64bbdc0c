'use client'

import { useEffect, useState } from 'react'
import { toast } from '@/components/ui/toast'
import { updatedEvent } from '@/components/forms/use-action'
import { restoreTyped, storeTyped, watchTyping } from '@/components/forms/typed-values'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'

/**
 * Shown if a new version of Patchbay is running, so that the page has to be reloaded. What is typed is restored
 * afterwards.
 */
export function UpdatedDialog() {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const restore = async () => {
      if (await restoreTyped())
        toast.success('Patchbay was updated. What you typed has been restored. Enter passwords and secrets again.')
    }
    void restore()
    const stopWatching = watchTyping()
    const show = () => setOpen(true)
    window.addEventListener(updatedEvent, show)
    return () => {
      window.removeEventListener(updatedEvent, show)
      stopWatching()
    }
  }, [])
  const reload = () => {
    storeTyped()
    // Leaving loses nothing, so the page must not ask.
    window.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), { capture: true })
    window.location.reload()
  }
  return (
    <Dialog
      title="Patchbay was updated"
      description="Reload the page to continue. Nothing was saved. What you entered on this page will be restored, except passwords, secrets and switches."
      size="sm"
      open={open}
      onOpenChange={setOpen}
      footer={
        <>
          <Button onClick={() => setOpen(false)}>Not now</Button>
          <Button variant="primary" onClick={reload}>
            Reload
          </Button>
        </>
      }
    />
  )
}
