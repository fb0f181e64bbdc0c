import 'server-only'
import { sweepPendingAuthorisationsJob } from '@/lib/authorisations/sweep-pending-authorisations'
import { warnOfExpiringCertificatesJob } from '@/lib/certificates/warn-of-expiring-certificates'
import type { Job } from '@/lib/platform/jobs/job'
import { cleanUpJob } from './clean-up'

/** All background work of the app. */
export const jobs: readonly Job[] = [cleanUpJob, sweepPendingAuthorisationsJob, warnOfExpiringCertificatesJob]
