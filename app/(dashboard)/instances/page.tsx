import { redirect } from 'next/navigation'

/** Instances are listed under their connectors. */
export default function InstancesPage() {
  redirect('/connectors')
}
