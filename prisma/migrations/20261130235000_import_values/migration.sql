-- AlterTable
ALTER TABLE "Import" ADD COLUMN     "createsInstances" BOOLEAN,
ADD COLUMN     "foundValues" JSONB,
ADD COLUMN     "sealedValues" TEXT;
