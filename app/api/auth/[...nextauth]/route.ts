import { handleNextAuth } from '@/lib/platform/session/next-auth-handler'

export { handleNextAuth as GET, handleNextAuth as POST }
