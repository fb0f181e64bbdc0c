import { Entrance } from '@/components/frame/entrance'
import { buttonStyle } from '@/components/ui/button-style'

/**
 * The session ended while the person was at the third party. The code has not been used; after signing in the person
 * returns here.
 */
export function SignInToFinish({ href }: { href: string }) {
  return (
    <Entrance
      title="Sign in to finish authorising"
      description="Your session ended while you were at the third party. Sign in as the person who started the authorisation, in this browser, within ten minutes of the start."
    >
      <a className={buttonStyle({ variant: 'primary' })} href={`/login?returnTo=${encodeURIComponent(href)}`}>
        Sign in
      </a>
    </Entrance>
  )
}
