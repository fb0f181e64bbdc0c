/**
 * What an action says to a page whose person is not signed in any more: a value, so that the page can ask for the
 * password over the form and repeat the action with what was typed. Apart from the session, because the browser loads it.
 */
export type SignedOut = {
  signedOut:
    | { reason: 'ended' }
    /** In another tab of this browser. The action did not run: it would have run as that person. */
    | { reason: 'someone_else'; person: PagePerson }
}

/** For whom a page was rendered. */
export type PagePerson = { key: string; name: string; email: string }

/** A person in a workspace, as a page sends it along with each action. */
export const personKey = ({ userId, workspaceId }: { userId: string; workspaceId: string }) =>
  `${userId}.${workspaceId}`

export const workspaceIdOf = (key: string) => key.slice(key.indexOf('.') + 1)

/** The hidden field of a form for the key, which no operation reads. */
export const personField = '$person'

export function isSignedOut(answer: unknown): answer is SignedOut {
  return typeof answer === 'object' && answer !== null && 'signedOut' in answer
}
