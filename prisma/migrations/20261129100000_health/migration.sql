-- CreateEnum
CREATE TYPE "StatusCause" AS ENUM ('getting_token', 'test_request', 'endpoint', 'certificate');

-- AlterTable
ALTER TABLE "Instance" ADD COLUMN "statusCause" "StatusCause",
ADD COLUMN "lastSuccessAt" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "RequestLog_instanceId_outcome_at_idx" ON "RequestLog"("instanceId", "outcome", "at" DESC);

-- CreateIndex
CREATE INDEX "RequestLog_shapeId_at_idx" ON "RequestLog"("shapeId", "at" DESC);

-- Written by hand ---------------------------------------------------------------------------------------------------

-- Until now the last verification said what a bad status was decided by.
UPDATE "Instance" SET "statusCause" = CASE WHEN "lastVerification"->>'step' = 'getting_token' THEN 'getting_token' ELSE 'test_request' END::"StatusCause"
WHERE "status" = 'failing';
UPDATE "Instance" SET "statusCause" = 'getting_token' WHERE "status" = 'needs_authorising_again';

-- When a call succeeded last changes none of the requests.
DROP TRIGGER "Instance_own_generation" ON "Instance";
CREATE TRIGGER "Instance_own_generation" BEFORE UPDATE ON "Instance"
  FOR EACH ROW WHEN (OLD."generation" = NEW."generation")
  EXECUTE FUNCTION raise_own_generation('statusSince', 'lastSuccessAt', 'lastVerifiedAt', 'lastVerifiedById', 'lastVerification', 'updatedAt', 'updatedById');
