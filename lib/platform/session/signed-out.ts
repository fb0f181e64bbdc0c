/**
 * The result of an action if the person of the page is no longer signed in. It is a value, so that the page can ask for
 * the password in a dialog and repeat the action with the typed values. Separate from the session, because the browser
 * loads it.
 */
export type SignedOut = {
  signedOut:
    | { reason: 'ended' }
    /**
     * Somebody else signed in in another tab of this browser. The action did not run, because it would have run as that
     * person.
     */
    | { reason: 'someone_else'; person: PagePerson }
}

/** The person for whom a page was rendered. */
export type PagePerson = { key: string; name: string; email: string }

/** Identifies a person in a workspace. Pages send it with each action. */
export const personKey = ({ userId, workspaceId }: { userId: string; workspaceId: string }) =>
  `${userId}.${workspaceId}`

export const workspaceIdOf = (key: string) => key.slice(key.indexOf('.') + 1)

/** The hidden form field for this key, which no operation reads. */
export const personField = '$person'

export function isSignedOut(answer: unknown): answer is SignedOut {
  return typeof answer === 'object' && answer !== null && 'signedOut' in answer
}
