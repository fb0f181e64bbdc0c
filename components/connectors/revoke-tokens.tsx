'use client'

import { RevocationPlan } from '@/components/connectors/revocation-plan'
import { RevocationResults } from '@/components/connectors/revocation-results'
import { useRevocation } from '@/components/connectors/use-revocation'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Spinner } from '@/components/ui/spinner'

/** *Revoke all tokens*: shows what will happen, then the progress and the result for each instance. */
export function RevokeTokens({ connectorId, name }: { connectorId: string; name: string }) {
  const revocation = useRevocation(connectorId)
  const { open, preview, results, state, failure, show, start, stop } = revocation
  const running = state === 'running'
  const canStart = preview !== null && preview.instances > results.length && !running && state !== 'done'
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border px-4 py-3">
      <p className="min-w-0 grow basis-72 break-words text-muted">
        Revokes the tokens of all instances at {name} and removes them here. Other credentials stay stored.
      </p>
      <Dialog
        title={`Revoke all tokens of ${name}?`}
        open={open}
        onOpenChange={show}
        size="lg"
        trigger={<Button variant="danger-quiet">Revoke all tokens</Button>}
        footer={
          <>
            {running ? (
              <Button onClick={stop}>Stop</Button>
            ) : (
              <Button onClick={() => show(false)}>{state === 'asking' ? 'Cancel' : 'Close'}</Button>
            )}
            {(canStart || running) && (
              <Button variant="danger" pending={running} onClick={start}>
                {state === 'stopped' ? 'Continue' : 'Revoke tokens'}
              </Button>
            )}
          </>
        }
      >
        <div className="grid gap-4">
          {preview === null && failure === '' && <Spinner label="Loading" />}
          {preview && <RevocationPlan preview={preview} name={name} />}
          {preview && state !== 'asking' && (
            <RevocationResults results={results} total={preview.instances} state={state} name={name} />
          )}
          {failure !== '' && <Alert tone="bad">{failure}</Alert>}
        </div>
      </Dialog>
    </div>
  )
}
