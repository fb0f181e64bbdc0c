'use client'

import { Field } from '@/components/forms/field'
import { instanceOptionDetail } from '@/components/instances/instance-option-detail'
import { ReplacementPlan } from '@/components/instances/replacement-plan'
import { useReplacement } from '@/components/instances/use-replacement'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Combobox } from '@/components/ui/combobox'
import { Dialog } from '@/components/ui/dialog'
import { Spinner } from '@/components/ui/spinner'
import type { InstanceDetail } from '@/lib/instances/views'

/** *Replace this instance in flows …*: with another instance of its connector, after a preview of each shape. */
export function ReplaceInFlows({ instance }: { instance: Pick<InstanceDetail, 'id' | 'name' | 'connector'> }) {
  const { id, name, connector } = instance
  const { open, chosen, preview, refusal, previewing, replacing, picker, show, choose, confirm } = useReplacement(id)
  const shapes = preview?.flows.reduce((sum, flow) => sum + flow.shapes.length, 0) ?? 0
  return (
    <Dialog
      title={`Replace ${name} in flows`}
      description="The shapes that use this instance will use another instance of the same connector."
      size="lg"
      open={open}
      onOpenChange={show}
      trigger={<Button size="sm">Replace in flows…</Button>}
      footer={
        <>
          <Button onClick={() => show(false)}>Cancel</Button>
          <Button variant="primary" disabled={shapes === 0} pending={replacing} onClick={confirm}>
            {shapes === 1 ? 'Change 1 shape' : `Change ${shapes} shapes`}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Field label="Replace with" required>
          {(control) => (
            <Combobox
              {...control}
              chosenValue={chosen?.id ?? null}
              chosen={chosen?.name}
              placeholder="Choose an instance"
              searchLabel="Search instances"
              emptyText={`No other authorised instance of ${connector.name} matches.`}
              groups={[
                {
                  heading: connector.name,
                  options: picker.found.map((option) => ({
                    value: option.id,
                    label: option.name,
                    detail: instanceOptionDetail(option),
                  })),
                },
              ]}
              pending={picker.pending}
              onSearch={picker.search}
              onSelect={(value) => choose(picker.found.find((option) => option.id === value)!)}
            />
          )}
        </Field>
        {previewing && preview === null && <Spinner label="Loading the preview" />}
        {preview && <ReplacementPlan preview={preview} />}
        {refusal !== '' && <Alert tone="bad">{refusal}</Alert>}
      </div>
    </Dialog>
  )
}
