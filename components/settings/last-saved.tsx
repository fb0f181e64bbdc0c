import { RelativeTime } from '@/components/ui/relative-time'
import type { SavedSetting } from '@/lib/settings/views'

/** Who saved a setting last, and when. */
export function LastSaved({ saved }: { saved: SavedSetting }) {
  return (
    <p className="text-sm text-muted">
      {saved === null ? (
        'Never changed.'
      ) : (
        <>
          Changed by {saved.by} <RelativeTime at={saved.at} />.
        </>
      )}
    </p>
  )
}
