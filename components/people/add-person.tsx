'use client'

import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { lazyPart } from '@/components/ui/lazy-part'
import { useOpenPart } from '@/components/ui/use-open-part'

const dialogPart = lazyPart(() => import('@/components/people/add-person-dialog'))

export function AddPerson() {
  const [open, setOpen] = useState(false)
  const part = useOpenPart(dialogPart, open, setOpen)
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <UserPlus aria-hidden />
        Add person
      </Button>
      {part && <part.AddPersonDialog onOpenChange={setOpen} />}
    </>
  )
}
