-- AlterTable
ALTER TABLE "Membership" ADD COLUMN "firstStepsDismissedAt" TIMESTAMPTZ(3);
