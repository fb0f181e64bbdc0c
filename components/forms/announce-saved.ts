import { toast } from '@/components/ui/toast'
import { savedMessage } from '@/lib/platform/forms/saved-message'

/** Shows a message that a definition was saved, and what is still wrong with it. */
export function announceSaved(saved: { pendingOrigins?: string[]; unknownVariables: string[] }): void {
  const { pendingOrigins = [], unknownVariables } = saved
  const isFine = pendingOrigins.length + unknownVariables.length === 0
  toast[isFine ? 'success' : 'warning'](savedMessage({ pendingOrigins, unknownVariables }))
}
