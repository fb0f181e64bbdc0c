import { Entrance } from '@/components/frame/entrance'
import { buttonStyle } from '@/components/ui/button-style'

/**
 * What is shown when the callback was loaded ahead of the person, or came out of signing in: nothing is used up yet.
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
