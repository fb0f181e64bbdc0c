import { TextField } from '@/components/forms/text-field'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { workspaceIdOf, type PagePerson } from '@/lib/platform/session/signed-out'

type SignInAgainFieldsProps = {
  person: PagePerson
  /** The person who is now signed in in this browser. */
  other: PagePerson | null
  asSomeoneElse: boolean
  onChangePerson: () => void
  onSaveAsOther: () => void
  refusal: string
}

/** The person whose password is asked for, and the ways to continue as another person, with their consequences. */
export function SignInAgainFields({
  person,
  other,
  asSomeoneElse,
  onChangePerson,
  onSaveAsOther,
  refusal,
}: SignInAgainFieldsProps) {
  const canSaveAsOther = other !== null && workspaceIdOf(other.key) === workspaceIdOf(person.key)
  return (
    <>
      {refusal && <Alert tone="bad">{refusal}</Alert>}
      {asSomeoneElse ? (
        <>
          <Alert tone="warn">What you typed will be saved by the person who signs in, under their name.</Alert>
          <TextField name="email" label="Email" type="email" required autoComplete="username" autoCapitalize="off" />
        </>
      ) : (
        <p className="min-w-0 break-words">
          Sign in as <strong className="font-medium">{person.name}</strong>{' '}
          <span className="text-muted">{person.email}</span>
          {/* For password managers. */}
          <input hidden readOnly name="username" autoComplete="username" value={person.email} />
        </p>
      )}
      <TextField name="password" label="Password" type="password" required autoComplete="current-password" />
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        <Button variant="link" size="sm" onClick={onChangePerson}>
          {asSomeoneElse ? `Sign in as ${person.name}` : 'Sign in as someone else'}
        </Button>
        {canSaveAsOther && (
          <Button variant="link" size="sm" onClick={onSaveAsOther}>
            Save as {other.name}
          </Button>
        )}
      </div>
    </>
  )
}
