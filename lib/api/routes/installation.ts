import { listWorkers } from '@/lib/settings/list-workers'
import { list } from '../route'

/** The processes of the installation, for administrators. */
export const installationRoutes = [list('/workers', listWorkers, 'List workers, and the jobs that wait for them')]
