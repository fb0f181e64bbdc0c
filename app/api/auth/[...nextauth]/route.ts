import { handleNextAuth } from '@/lib/session/next-auth-handler'

export { handleNextAuth as GET, handleNextAuth as POST }
