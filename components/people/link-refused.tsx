import { ButtonLink } from '@/components/ui/button-link'

/** The way on from a link that does not work. */
export function LinkRefused({ isSignedIn }: { isSignedIn: boolean }) {
  return (
    <ButtonLink href={isSignedIn ? '/connectors' : '/login'} variant="primary" size="lg">
      {isSignedIn ? 'Back to Patchbay' : 'Sign in'}
    </ButtonLink>
  )
}
