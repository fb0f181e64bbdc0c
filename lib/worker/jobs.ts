import 'server-only'
import { sweepPendingAuthorisationsJob } from '@/lib/authorisations/sweep-pending-authorisations'
import { warnOfExpiringCertificatesJob } from '@/lib/certificates/warn-of-expiring-certificates'
import { createImportedInstancesJob } from '@/lib/instances/create-imported-instances'
import { readImportJob } from '@/lib/imports/jobs/read-import'
import { resumeImportsJob } from '@/lib/imports/jobs/resume-imports'
import { writeImportJob } from '@/lib/imports/jobs/write-import-job'
import type { Job } from '@/lib/platform/jobs/job'
import { cleanUpJob } from './clean-up'

/** All background work of the app. */
export const jobs: readonly Job[] = [
  cleanUpJob,
  createImportedInstancesJob,
  readImportJob,
  resumeImportsJob,
  sweepPendingAuthorisationsJob,
  warnOfExpiringCertificatesJob,
  writeImportJob,
]
