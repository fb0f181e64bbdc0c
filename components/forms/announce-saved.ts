import { reviewOrigins } from '@/components/forms/review-origins'
import { toast } from '@/components/ui/toast'
import { savedMessage } from '@/lib/platform/forms/saved-message'

/** Shows a message that a definition was saved, and what is still wrong with it. */
export function announceSaved(saved: { pendingOrigins?: string[]; unknownVariables: string[] }): void {
  const { pendingOrigins = [], unknownVariables } = saved
  const isFine = pendingOrigins.length + unknownVariables.length === 0
  const message = savedMessage({ pendingOrigins, unknownVariables })
  toast[isFine ? 'success' : 'warning'](message, pendingOrigins.length > 0 ? reviewOrigins : undefined)
}
