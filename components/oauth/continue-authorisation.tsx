import { Entrance } from '@/components/frame/entrance'
import { buttonStyle } from '@/components/ui/button-style'

/**
 * Shown if the callback was preloaded before the person opened it, or after signing in. The code has not been used yet.
 */
export function ContinueAuthorisation({ href }: { href: string }) {
  return (
    <Entrance
      title="Finish authorising"
      description="The third party has responded. Continue to finish the authorisation."
    >
      <a className={buttonStyle({ variant: 'primary' })} href={href}>
        Continue
      </a>
    </Entrance>
  )
}
