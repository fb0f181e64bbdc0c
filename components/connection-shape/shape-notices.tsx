import { InstanceFix } from '@/components/instances/instance-fix'
import { Alert } from '@/components/ui/alert'
import type { ShapeSettings } from '@/lib/flows/shape-views'

/** Why a run of this shape would fail. */
export function ShapeNotices({ settings, canRun }: { settings: ShapeSettings; canRun: boolean }) {
  const { instance, endpoint, offeredRefusal } = settings
  return (
    <>
      {instance?.status === 'needs_authorising_again' && (
        <Alert
          tone="warn"
          title={`${instance.name} needs authorising again`}
          actions={<InstanceFix instance={instance} canRun={canRun} />}
        >
          {instance.statusReason} Runs fail until it is authorised again.
        </Alert>
      )}
      {instance?.status === 'disabled' && (
        <Alert
          tone="warn"
          title={`${instance.name} is disabled`}
          actions={<InstanceFix instance={instance} canRun={canRun} />}
        >
          Nothing is sent with it, and runs fail until it is enabled again.
        </Alert>
      )}
      {instance?.status === 'failing' && (
        <Alert
          tone="bad"
          title={`${instance.name} is failing`}
          actions={<InstanceFix instance={instance} canRun={canRun} />}
        >
          {instance.statusReason}
        </Alert>
      )}
      {offeredRefusal && <Alert tone="warn">{offeredRefusal}</Alert>}
      {endpoint && !endpoint.available && (
        <Alert tone="bad" title={`“${endpoint.name}” is no longer available for this instance`}>
          It does not accept {instance?.methodName} any more. Choose another endpoint, or switch the method on for it.
          Until then, runs fail before anything is sent.
        </Alert>
      )}
    </>
  )
}
